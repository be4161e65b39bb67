import type { DNSResolver } from 'mailauth';
import { checkAuthor } from './authenticity.ts';
import { type IncomingMail, isOwners, type ReadJob, UnreadableMailError } from './incoming.ts';
import { readWords } from './mime/read-words.ts';
import { type Part, splitMail } from './mime/split-mail.ts';
import type { SentMail } from './words/sent-mail.ts';
import { stripReply } from './words/strip-reply.ts';

/** Largest header in bytes; a mail that passed many servers has a tenth of that. */
const HEADER_LIMIT = 256 * 1024;
const UNNAMED = 'file';
/** Most characters of a file name that are repeated, whatever the mail calls its files. */
const NAME_LENGTH = 80;

/** A file name on one line; nothing else of it is trusted. One whose letters are lost keeps its ending. */
function cleanFileName(name: string | undefined): string {
  const clean = (name ?? '')
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it removes
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/g, ' ')
    .trim();
  if (clean.includes('\ufffd')) return `${UNNAMED}${/\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? ''}`;
  return [...clean].slice(0, NAME_LENGTH).join('') || UNNAMED;
}

/**
 * Reads a raw mail. Called in a process of its own (read-mail.ts), because a mail can be made to take any amount of time
 * and memory.
 *
 * @param resolver looks DNS up for the checks of its author.
 * @throws SilentDnsError if the result depends on an answer that DNS does not give; any other error would recur.
 */
export async function readRawMail(job: ReadJob, resolver: DNSResolver): Promise<IncomingMail> {
  const { raw, owner, envelopeFrom, addressee, origin, proof, sent } = job;
  if (findHeaderEnd(raw) > HEADER_LIMIT) throw new UnreadableMailError('too many headers');
  // Only the check says who the author is, whatever the next parser makes of the same lines.
  const { address: from, verdict } = await checkAuthor(raw, origin, addressee, resolver, proof);
  const { root, headers } = await splitMail(raw);
  const isTheirs = isOwners({ from, verdict }, owner, proof);
  return {
    messageId: headers.get('message-id'),
    from,
    subject: headers.get('subject') ?? '',
    ...(isTheirs ? readOwnWords(root, sent) : { text: '', doubtful: [], attachments: [] }),
    headers,
    envelopeFrom,
    verdict,
  };
}

function readOwnWords(
  root: Part,
  sent: SentMail,
): Pick<IncomingMail, 'text' | 'doubtful' | 'trouble' | 'attachments'> {
  const { lines, files, isDamaged, isTooLong } = readWords(root);
  const { text, doubtful } = stripReply(lines, sent);
  // Letters that were lost in a quotation do not matter.
  const isLost = isDamaged && text.includes('\ufffd');
  return {
    text,
    doubtful,
    ...(isLost && { trouble: 'damaged' }),
    ...(isTooLong && { trouble: 'tooLong' }),
    attachments: files.map(cleanFileName),
  };
}

/** Where the first empty line is, in bytes; the whole length without one. */
function findHeaderEnd(raw: Uint8Array): number {
  const ends = ['\r\n\r\n', '\n\n'].map((mark) =>
    Buffer.from(raw.buffer, raw.byteOffset, raw.length).indexOf(mark),
  );
  return Math.min(...ends.filter((end) => end >= 0), raw.length);
}
