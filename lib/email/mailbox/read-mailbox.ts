import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { getMailboxDir } from '../transports/mailbox.ts';

/** How many of the newest mails the list shows. */
const LIST_LIMIT = 200;
/** Names as the mailbox transport writes them; no other file can be asked for. */
const NAME = /^\d{8}T\d{9}Z-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.eml$/;

export type MailboxEntry = {
  name: string;
  subject: string;
  from: string;
  to: string;
  date: Date;
  /** Only a part of the file is left, as after a power cut. */
  isDamaged: boolean;
};
export type MailboxMail = MailboxEntry & {
  text: string;
  html: string;
  headers: { name: string; value: string }[];
};

function formatAddress(address: Address | undefined): string {
  if (!address) return '';
  return address.name && address.address
    ? `${address.name} <${address.address}>`
    : (address.address ?? address.name);
}

/** When the transport took the mail, from the file's name. */
function readTime(name: string): Date {
  return new Date(name.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)(\d{3}Z).*$/, '$1-$2-$3:$4:$5.$6'));
}

/** Whether the mail has its sender, its receiver and, made of several parts, the line that ends the last one. */
function isWhole(mail: Email, source: string): boolean {
  const boundary = /^Content-Type: multipart\/[^;]+;\s*boundary="?([^"\r\n]+)/im.exec(source)?.[1];
  const hasEnd = source.includes('\r\n\r\n') && (!boundary || source.trimEnd().endsWith(`--${boundary}--`));
  return Boolean(mail.from?.address && mail.to?.length && hasEnd && !source.includes('\0'));
}

function toEntry(name: string, { mail, source }: Parsed): MailboxEntry {
  const date = new Date(mail.date ?? '');
  return {
    name,
    subject: mail.subject ?? '',
    from: formatAddress(mail.from),
    to: (mail.to ?? []).map(formatAddress).join(', '),
    date: Number.isNaN(date.getTime()) ? readTime(name) : date,
    isDamaged: !isWhole(mail, source),
  };
}

type Parsed = { mail: Email; source: string };

async function parseMail(name: string): Promise<Parsed | undefined> {
  if (!NAME.test(name)) return undefined;
  let file: Buffer;
  try {
    file = await readFile(path.join(getMailboxDir(), name));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const source = file.toString('latin1');
  // What cannot be read at all is shown as an empty mail.
  const mail = await PostalMime.parse(file).catch(() => PostalMime.parse(''));
  return { mail, source };
}

/** Nothing is there, or something that is no mail: a folder in a file's place, or the reverse. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** The newest mails of the developer mailbox, newest first. */
export async function listMailbox(): Promise<MailboxEntry[]> {
  const names = await readdir(getMailboxDir()).catch((error: NodeJS.ErrnoException) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const newest = names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .slice(0, LIST_LIMIT);
  const entries = await Promise.all(
    newest.map(async (name) => {
      const parsed = await parseMail(name);
      return parsed ? [toEntry(name, parsed)] : [];
    }),
  );
  return entries.flat();
}

/** One mail of the developer mailbox, or undefined when there is none of that name. */
export async function readMailboxMail(name: string): Promise<MailboxMail | undefined> {
  const parsed = await parseMail(name);
  if (!parsed) return undefined;
  const { mail } = parsed;
  return {
    ...toEntry(name, parsed),
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
  };
}
