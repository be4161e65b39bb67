import pRetry from 'p-retry';
import { getDb, type Tx } from '#db/client.ts';
import { listOwedBehind } from '#db/queries/mail-outbox.ts';
import { type Mail, settleMail } from '#db/queries/mails.ts';
import { getLog } from '#lib/runtime/log.ts';
import { enqueueCollect } from '../messages/notify.ts';

/**
 * Ends a mail's life, then wakes the collectors of what waited for that. Looking after the commit finds also what
 * a collector put off because the mail was still pending; a wake-up that fails is left to the sweep.
 */
export async function endMail(
  mail: Pick<Mail, 'id' | 'recipientId'>,
  state: 'sent' | 'failed',
  reason?: string,
): Promise<void> {
  // That it was accepted must stand, or it goes twice.
  const settle = () => settleMail(getDb(), mail.id, state, reason);
  if (!(await pRetry(settle, { retries: 2, minTimeout: 500 }))) return;
  try {
    await wakeBehind(getDb(), mail);
  } catch (error) {
    getLog().warn({ err: error, mailId: mail.id }, 'what waits behind a mail is left to the sweep');
  }
}

/** Wakes the collectors of what waits behind a mail that has come to its end. */
export async function wakeBehind(db: Tx, { id, recipientId }: Pick<Mail, 'id' | 'recipientId'>) {
  const waiting = await listOwedBehind(db, id);
  await enqueueCollect(
    waiting.map((conversationId) => ({ conversationId, recipientId })),
    db,
  );
}
