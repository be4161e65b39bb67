import { type Address, addressParser } from 'postal-mime';
import type { Env } from '#lib/env.ts';
import type { Origin } from './authenticity.ts';

/**
 * What is known of who wrote a mail: it is proven, it is known to be forged, or nothing is given that says
 * either.
 */
export type Verdict = 'proven' | 'open' | 'forged';

/** What a reply must give to be taken. */
export type Proof = Env['REPLY_PROOF'];

/** A mail that came in, as far as a reply needs it. */
export type IncomingMail = {
  messageId: string | undefined;
  /** The one address in From, as the check of its author saw it; undefined when there is none or several. */
  from: string | undefined;
  subject: string;
  /** The author's own words, without what they quote; empty unless the mail counts as its owner's. */
  text: string;
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
  origin: Origin;
  proof: Proof;
};

/** A mail that cannot be read, or takes more than any reply does: the next try would end the same way. */
export class UnreadableMailError extends Error {
  readonly code = 'MAIL_UNREADABLE';
}

function flatten(addresses: readonly Address[]): string[] {
  return addresses
    .flatMap((entry) => (entry.group ? flatten(entry.group) : [entry.address ?? '']))
    .filter(Boolean);
}

/** The addresses in a header's value. */
export function parseAddresses(value: string): string[] {
  return flatten(addressParser(value));
}

/**
 * Whether an address in a mail is a person's own, the case of ASCII letters aside. Folding that is right
 * for uniqueness (`ı` and `i`, `ß` and `ss`) would make another domain's proof this one's.
 */
export function isSameAddress(given: string | undefined, own: string): boolean {
  return given !== undefined && /^[!-~]+$/.test(given) && given.toLowerCase() === own.toLowerCase();
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
