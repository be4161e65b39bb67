import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { getMailboxDir } from './transports/mailbox.ts';

/** How many of the newest mails the list shows. */
const LIST_LIMIT = 200;
/** Names as the mailbox transport writes them; no other file can be asked for. */
const NAME = /^\d{8}T\d{9}Z-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.eml$/;

export type MailboxEntry = {
  name: string;
  subject: string;
  from: string;
  to: string;
  date: Date | undefined;
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

function toEntry(name: string, mail: Email): MailboxEntry {
  return {
    name,
    subject: mail.subject ?? '',
    from: formatAddress(mail.from),
    to: (mail.to ?? []).map(formatAddress).join(', '),
    date: mail.date ? new Date(mail.date) : undefined,
  };
}

async function parseMail(name: string): Promise<Email | undefined> {
  if (!NAME.test(name)) return undefined;
  try {
    return await PostalMime.parse(await readFile(path.join(getMailboxDir(), name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The newest mails of the developer mailbox, newest first. */
export async function listMailbox(): Promise<MailboxEntry[]> {
  const names = await readdir(getMailboxDir()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const newest = names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .slice(0, LIST_LIMIT);
  const entries = await Promise.all(
    newest.map(async (name) => {
      const mail = await parseMail(name);
      return mail ? [toEntry(name, mail)] : [];
    }),
  );
  return entries.flat();
}

/** One mail of the developer mailbox, or undefined when there is none of that name. */
export async function readMailboxMail(name: string): Promise<MailboxMail | undefined> {
  const mail = await parseMail(name);
  if (!mail) return undefined;
  return {
    ...toEntry(name, mail),
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
  };
}
