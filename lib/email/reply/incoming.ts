import { isSameAddress } from './addresses.ts';
import type { Origin, Proof, Verdict } from './authenticity.ts';
import type { SentMail } from './words/sent-mail.ts';

/** A mail that came in, as far as a reply needs it. */
export type IncomingMail = {
  messageId: string | undefined;
  /** The one address in From, as the check of its author saw it; undefined when there is none or several. */
  from: string | undefined;
  subject: string;
  /** The author's own words, without what they quote; empty unless the mail counts as its owner's. */
  text: string;
  /** Lines that were left out of it as quoted though they may be the author's. */
  doubtful: string[];
  /** Why that is not everything they wrote: letters were lost on the way, or it is longer than any reply. */
  trouble?: 'damaged' | 'tooLong';
  /** Names of attached files; pictures within the text are among them. */
  attachments: string[];
  /** First value of each header, by its name in lower case. */
  headers: Map<string, string>;
  /** The envelope's sender; empty for reports, undefined when it is not known. */
  envelopeFrom: string | undefined;
  /** Whether `from` wrote it. */
  verdict: Verdict;
};

/** What is needed to read a mail. */
export type ReadJob = {
  raw: Uint8Array;
  /** The address of the person whose reply this may be: nobody else's words are looked at. */
  owner: string;
  envelopeFrom: string | undefined;
  /** The reply address that it was sent to, whatever it says itself. */
  addressee: string;
  /** The mail that it answers: what is quoted from it is left out. */
  sent: SentMail;
  origin: Origin;
  proof: Proof;
};

/** Largest mail in bytes that is taken: a picture or two. */
export const MAX_MAIL_BYTES = 15 * 1024 * 1024;

/** A mail that cannot be read, or takes more than any reply does: the next try would end the same way. */
export class UnreadableMailError extends Error {
  readonly code = 'MAIL_UNREADABLE';
}

/**
 * A mail that takes more processor time than any reply should. A slow or busy machine can need more for the same
 * mail, so its sender's server may try again.
 */
export class CostlyMailError extends Error {
  readonly code = 'MAIL_COSTLY';
}

/**
 * Whether a mail counts as that of a reply address's owner. The address is a secret that only their own mails
 * carry, so where nothing is given it is enough, unless proof is required.
 */
export function isOwners(
  { from, verdict }: Pick<IncomingMail, 'from' | 'verdict'>,
  owner: string,
  proof: Proof,
) {
  return isSameAddress(from, owner) && (verdict === 'proven' || (verdict === 'open' && proof === 'given'));
}
