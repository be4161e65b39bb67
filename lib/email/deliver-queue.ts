import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import type { Tx } from '#db/client.ts';
import { DELIVER_QUEUE, peekBoss } from './boss.ts';

/**
 * Adds the delivery job of a mail to the caller's transaction, so that both exist or neither. Where
 * no queue runs in this process the mail waits for the sweep.
 */
export async function enqueueDelivery(tx: Tx, mailId: string): Promise<void> {
  await peekBoss()?.send(DELIVER_QUEUE, { mailId }, { singletonKey: mailId, db: fromDrizzle(tx, sql) });
}
