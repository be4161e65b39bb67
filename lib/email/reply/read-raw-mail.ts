import type { DNSResolver } from 'mailauth';
import PostalMime, { type Email } from 'postal-mime';
import { checkAuthor } from './authenticity.ts';
import { htmlToPlain } from './html-to-plain.ts';
import { type IncomingMail, isOwners, type ReadJob, UnreadableMailError } from './incoming.ts';
import { stripReply } from './strip-reply.ts';

/** Largest header in bytes: a mail over many servers has a tenth of it. */
const HEADER_LIMIT = 256 * 1024;
const UNNAMED = 'file';
/** Whatever a mail calls its files, this many characters of a name are told. */
const NAME_LENGTH = 80;

/** A file name on one line; nothing else of it is trusted. */
function cleanFileName(name: string | null | undefined): string {
  const clean = (name ?? '')
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it removes
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/g, ' ')
    .trim();
  return [...clean].slice(0, NAME_LENGTH).join('') || UNNAMED;
}

/**
 * Reads a raw mail. Called in a process of its own (read-mail.ts), as a mail can be made to take any time
 * and memory.
 *
 * @param resolver looks DNS up for the checks of its author.
 * @throws SilentDnsError when what DNS does not answer decides; any other error comes again at the next try.
 */
export async function readRawMail(job: ReadJob, resolver: DNSResolver): Promise<IncomingMail> {
  const { raw, owner, envelopeFrom, addressee, origin, proof } = job;
  if (findHeaderEnd(raw) > HEADER_LIMIT) throw new UnreadableMailError('too many headers');
  // Only the check says who the author is, whatever the next parser makes of the same lines.
  const { address: from, verdict } = await checkAuthor(raw, origin, addressee, resolver, proof);
  const mail: Email = await PostalMime.parse(raw);
  const headers = new Map<string, string>();
  for (const { key, value } of mail.headers) if (!headers.has(key)) headers.set(key, value);
  const readText = () => stripReply(mail.text?.trim() ? mail.text : htmlToPlain(mail.html ?? ''));
  return {
    messageId: mail.messageId,
    from,
    subject: mail.subject ?? '',
    text: isOwners({ from, verdict }, owner, proof) ? readText() : '',
    attachments: mail.attachments.map(({ filename }) => cleanFileName(filename)),
    headers,
    envelopeFrom,
    verdict,
  };
}

/** Where the first empty line is, in bytes; the whole length without one. */
function findHeaderEnd(raw: Uint8Array): number {
  const ends = ['\r\n\r\n', '\n\n'].map((mark) =>
    Buffer.from(raw.buffer, raw.byteOffset, raw.length).indexOf(mark),
  );
  return Math.min(...ends.filter((end) => end >= 0), raw.length);
}
