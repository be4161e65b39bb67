import PostalMime, { type Address, addressParser, type Email } from 'postal-mime';
import { type Authenticity, type Finding, readAuthenticationResults } from './authenticity.ts';

/** A mail that came in, as far as a reply needs it. */
export type IncomingMail = {
  messageId: string | undefined;
  /** The one address in From, or undefined when there is none or several. */
  from: string | undefined;
  /** Every address that it was sent to. */
  recipients: string[];
  subject: string;
  text: string;
  html: string;
  /** Names of attached files; pictures within the text are among them. */
  attachments: string[];
  /** First value of each header, by its name in lower case. */
  headers: Map<string, string>;
  /** The envelope's sender; empty for reports, undefined when it is not known. */
  envelopeFrom: string | undefined;
  authenticity: Authenticity;
};

const UNNAMED = 'file';
/** Whatever a mail calls its files, this many characters of a name are told. */
const NAME_LENGTH = 80;

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

/** A file name on one line; nothing else of it is trusted. */
export function cleanFileName(name: string | null | undefined): string {
  const clean = (name ?? '')
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it removes
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/g, ' ')
    .trim();
  return [...clean].slice(0, NAME_LENGTH).join('') || UNNAMED;
}

/**
 * Reads a raw mail with its envelope.
 *
 * @param finding what this server found out; by default what the header of the server before says.
 */
export async function readRawMail(
  raw: Buffer,
  envelope: { from: string; to: string[] },
  finding?: Finding,
): Promise<IncomingMail> {
  const mail: Email = await PostalMime.parse(raw);
  const headers = new Map<string, string>();
  for (const { key, value } of mail.headers) if (!headers.has(key)) headers.set(key, value);
  // From the raw lines: the parser keeps the first of several, and a person sees whichever theirs shows.
  const fields = mail.headerLines.filter(({ key }) => key === 'from');
  const from = fields.flatMap(({ line }) => parseAddresses(line.slice(line.indexOf(':') + 1)));
  const onlyFrom = fields.length === 1 && from.length === 1 ? from[0] : undefined;
  return {
    messageId: mail.messageId,
    // What is proven is the address that the check saw, whatever this parser makes of the same lines.
    from: finding ? finding.author : onlyFrom,
    recipients: envelope.to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ filename }) => cleanFileName(filename)),
    headers,
    envelopeFrom: envelope.from,
    authenticity: finding?.authenticity ?? readAuthenticationResults(headers.get('authentication-results')),
  };
}
