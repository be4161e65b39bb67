import type { UnmailedText } from '#db/queries/mail-outbox.ts';
import { splitLinks } from '#lib/text/links.ts';
import { quoteLine } from '../content/quote-line.ts';

/** Most texts that one mail shows: so many short ones take about the bytes that there are. */
export const MAX_TEXTS = 100;
/**
 * Bytes of HTML that the texts of one mail may take. Gmail cuts a mail off at 102 kB, and the page around
 * them takes up to 10 kB.
 */
const MAX_BYTES = 85_000;
/** Bytes of HTML around one text, what it answers, that it was forwarded, and one link in it (lib/email/templates/bubble.ts). */
const TEXT_BYTES = 800;
const ANSWERED_BYTES = 1_200;
const FORWARDED_BYTES = 500;
const LINK_BYTES = 200;

/** Bytes of a text in HTML, where quotes and ampersands take up to six and a line break takes five. */
function countBytes(text: string): number {
  const escapes = text.match(/[&<>"'\n]/g)?.length ?? 0;
  return Buffer.byteLength(text) + escapes * 5;
}

/** About how many bytes a text takes in the HTML of a mail; never fewer than it does. */
export function estimateBytes(body: string): number {
  return splitLinks(body).reduce(
    (sum, piece) =>
      sum +
      (piece.kind === 'link'
        ? LINK_BYTES + countBytes(piece.href) + countBytes(piece.display)
        : countBytes(piece.text)),
    TEXT_BYTES,
  );
}

/** The same for what is shown above it: what it answers, and that it was forwarded. */
function estimateAbove({ answered, isForwarded }: UnmailedText): number {
  const quoted = answered ? ANSWERED_BYTES + countBytes(quoteLine(answered.body ?? '')) : 0;
  return quoted + (isForwarded ? FORWARDED_BYTES : 0);
}

/** Room for texts in one mail. */
export type MailRoom = { texts: number; bytes: number };

/** The room of an empty mail. */
export const makeRoom = (): MailRoom => ({ texts: MAX_TEXTS, bytes: MAX_BYTES });

/**
 * As many of the oldest texts as there is room for, which is taken from `room`, and of one run, as a mail covers
 * one range. An empty mail always takes the first, whatever its size: none is ever left out.
 */
export function fitTexts(texts: UnmailedText[], room: MailRoom = makeRoom()): UnmailedText[] {
  const fitting: UnmailedText[] = [];
  for (const text of texts) {
    if (text.run !== texts[0]?.run) break;
    const bytes = estimateBytes(text.body) + estimateAbove(text);
    const isFull = room.texts < 1 || room.bytes < bytes;
    if (isFull && room.texts < MAX_TEXTS) break;
    room.texts -= 1;
    room.bytes -= bytes;
    fitting.push(text);
  }
  return fitting;
}

/** All of the texts, in as many mails as they take. */
export function splitTexts(texts: UnmailedText[]): UnmailedText[][] {
  const mails: UnmailedText[][] = [];
  for (let rest = texts; rest.length > 0; ) {
    const fitting = fitTexts(rest);
    mails.push(fitting);
    rest = rest.slice(fitting.length);
  }
  return mails;
}
