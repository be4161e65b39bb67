import { Readable } from 'node:stream';
import { type MimeNode, Splitter } from '@zone-eu/mailsplit';
import { decodeHeader, readParameters } from './decode-header.ts';

/** Most parts of one mail; no person's mail has more. */
const MAX_PARTS = 500;

/** One part of a mail, with those inside it. */
export type Part = {
  /** In lower case; `text/plain` where nothing else is said. */
  type: string;
  /** The charset that it names, as it stands there. */
  charset: string | undefined;
  /** RFC 3676: lines that end in a space go on in the next; with delSp the space itself goes. */
  flow: { delSp: boolean } | undefined;
  disposition: string;
  fileName: string | undefined;
  children: Part[];
  /** Without its transfer encoding; empty for what is no text. */
  content: Buffer;
};

/** A mail's parts, and the first value of each header by its name in lower case. */
export type SplitMail = { root: Part; headers: Map<string, string> };

/**
 * Splits a raw mail into its parts. A mail inside it stays one part.
 *
 * @throws when it has too many parts or headers.
 */
export async function splitMail(raw: Uint8Array): Promise<SplitMail> {
  const splitter = new Splitter({ ignoreEmbedded: true, maxChildNodes: MAX_PARTS });
  const parts = new Map<MimeNode, { part: Part; chunks: Buffer[] }>();
  let root: MimeNode | undefined;
  for await (const chunk of Readable.from([Buffer.from(raw)]).pipe(splitter)) {
    if (chunk.type === 'node') {
      root ??= chunk;
      const part = describePart(chunk);
      parts.set(chunk, { part, chunks: [] });
      if (chunk.parentNode) parts.get(chunk.parentNode)?.part.children.push(part);
    } else if (chunk.type === 'body') {
      parts.get(chunk.node)?.chunks.push(chunk.value);
    }
  }
  for (const [node, { part, chunks }] of parts) {
    if (part.type.startsWith('text/')) part.content = await decodeTransfer(node, chunks);
  }
  const found = root && parts.get(root);
  if (!root || !found) throw new Error('a mail without a part');
  return { root: found.part, headers: readHeaders(root) };
}

async function decodeTransfer(node: MimeNode, chunks: Buffer[]): Promise<Buffer> {
  const decoded: Buffer[] = [];
  for await (const chunk of Readable.from(chunks).pipe(node.getDecoder())) decoded.push(chunk as Buffer);
  return Buffer.concat(decoded);
}

/** A header line's raw value, one byte per character. */
function readValue(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n[ \t]+/g, ' ')
    .trim();
}

function listLines(node: MimeNode): { key: string; line: string }[] {
  return node.headers ? node.headers.getList() : [];
}

function readHeaders(node: MimeNode): Map<string, string> {
  const headers = new Map<string, string>();
  for (const { key, line } of listLines(node)) {
    const name = key.toLowerCase();
    if (!headers.has(name)) headers.set(name, decodeHeader(readValue(line).replace(/\s+/g, ' ')));
  }
  return headers;
}

function describePart(node: MimeNode): Part {
  const find = (name: string) => listLines(node).find(({ key }) => key.toLowerCase() === name);
  const read = (name: string) => readParameters(readValue(find(name)?.line ?? ''));
  const type = read('content-type');
  const disposition = read('content-disposition');
  const isFlowed = type.parameters.get('format')?.toLowerCase() === 'flowed';
  return {
    type: /^[^/\s]+\/[^/\s]+$/.test(type.value) ? type.value : node.contentType || 'text/plain',
    charset: type.parameters.get('charset'),
    flow: isFlowed ? { delSp: type.parameters.get('delsp')?.toLowerCase() === 'yes' } : undefined,
    disposition: disposition.value,
    fileName: disposition.parameters.get('filename') ?? type.parameters.get('name'),
    children: [],
    content: Buffer.alloc(0),
  };
}
