import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '#db/durable.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { composeMail } from './compose.ts';
import type { OutgoingMail, Transport } from './transport.ts';

/** Where the developer mailbox keeps its mails. */
export function getMailboxDir(): string {
  return path.join(/* turbopackIgnore: true */ getEnv().DATA_DIR, 'mailbox');
}

/** Sorts by the mail's time; a mail delivered twice takes the same name, so it is there once. */
function nameMail({ id, createdAt }: OutgoingMail): string {
  return `${createdAt.toISOString().replace(/[-:.]/g, '')}-${id}.eml`;
}

/** Keeps mails as complete RFC 822 files, each whole or not there, and on the disk before it counts as sent. */
export function createMailboxTransport(): Transport {
  return {
    name: 'mailbox',
    async send(mail: OutgoingMail) {
      const { createTransport } = await import('nodemailer');
      const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
      const { message } = await composer.sendMail(composeMail(mail));
      const dir = getMailboxDir();
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const target = path.join(dir, nameMail(mail));
      const file = await open(`${target}.tmp`, 'w', 0o600);
      try {
        await file.writeFile(message as Buffer);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${target}.tmp`, target);
      syncFolder(dir);
    },
    close() {},
  };
}
