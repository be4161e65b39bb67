import { type Line, toLines, unflow } from '../words/lines.ts';
import { decodeBytes } from './decode-bytes.ts';
import { findMetaCharset, htmlToPlain, takeOutPictures } from './html-to-plain.ts';
import type { Part } from './split-mail.ts';

/** Longest text and longest HTML that is looked at, in characters: far more than can be passed on. */
const TEXT_LIMIT = 200_000;
const HTML_LIMIT = 1_000_000;

/** The words of a mail and the names of its files, before anything is taken for a quotation. */
export type Words = {
  lines: Line[];
  /** Names of files as the mail has them; undefined for one without. */
  files: (string | undefined)[];
  /** Some of its bytes mean nothing in their charset. */
  isDamaged: boolean;
  isTooLong: boolean;
};

/** Parts that prove who wrote a mail, and copies of its text for other programs: nobody sent them as files. */
const NO_FILE =
  /^(application\/(x-)?pkcs7-signature|application\/pgp-(signature|encrypted|keys)|text\/calendar|text\/x-amp-html|text\/rfc822-headers|message\/(delivery-status|disposition-notification))$/;

/** Reads a part and everything in it. */
export function readWords(part: Part): Words {
  const { type, children } = part;
  if (type === 'multipart/alternative') return chooseOne(children.map(readWords), children);
  if (type.startsWith('multipart/')) return joinWords(children.map(readWords));
  const isText = /^text\/(plain|html)$/.test(type) || (type.startsWith('text/') && !part.fileName);
  const isFile = part.disposition === 'attachment' || part.fileName !== undefined || !isText;
  if (isFile) return { ...NOTHING, files: NO_FILE.test(type) ? [] : [nameOf(part)] };
  return NO_FILE.test(type) ? NOTHING : readText(part);
}

const NOTHING: Words = { lines: [], files: [], isDamaged: false, isTooLong: false };

function nameOf({ fileName, type }: Part): string | undefined {
  return fileName ?? (type === 'message/rfc822' ? 'message.eml' : undefined);
}

const hasWords = ({ lines }: Words) => lines.some(({ text }) => text.trim() !== '');

/** The same text in several forms: the plain one, unless only another has words. The files of all count. */
function chooseOne(options: Words[], parts: Part[]): Words {
  const plain = options.find((words, index) => parts[index]?.type === 'text/plain' && hasWords(words));
  const chosen = plain ?? options.findLast(hasWords) ?? NOTHING;
  return { ...chosen, files: options.flatMap(({ files }) => files) };
}

function joinWords(all: Words[]): Words {
  return {
    lines: all.filter(hasWords).flatMap(({ lines }) => lines),
    files: all.flatMap(({ files }) => files),
    isDamaged: all.some(({ isDamaged }) => isDamaged),
    isTooLong: all.some(({ isTooLong }) => isTooLong),
  };
}

function readText(part: Part): Words {
  const isHtml = part.type === 'text/html';
  const label = part.charset ?? (isHtml ? findMetaCharset(part.content) : undefined);
  const { text, isDamaged } = decodeBytes(part.content, label);
  const { html, count } = isHtml ? takeOutPictures(text) : { html: '', count: 0 };
  const files = Array.from<undefined>({ length: count });
  if (html.length > HTML_LIMIT) return { ...NOTHING, files, isTooLong: true };
  const plain = tidy(isHtml ? htmlToPlain(html) : text);
  if (plain.length > TEXT_LIMIT) return { ...NOTHING, files, isTooLong: true };
  return {
    lines: part.flow ? unflow(plain, part.flow.delSp) : toLines(plain),
    files,
    isDamaged,
    isTooLong: false,
  };
}

/** One kind of line end and of space, and none of the marks that programs put in unseen. */
function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/\n+$/, '');
}
