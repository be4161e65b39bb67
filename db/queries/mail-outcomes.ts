import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { mails } from '../schema/index.ts';

/** Whose a mail is and where it went; undefined when there is none. */
export async function findMail(db: Tx, id: string) {
  const [row] = await db
    .select({ id: mails.id, recipientId: mails.recipientId, address: mails.address, state: mails.state })
    .from(mails)
    .where(eq(mails.id, id));
  return row;
}

/** Notes that the receiving server took a mail, at the time that it says. */
export async function noteDelivered(db: Tx, id: string, at: Date): Promise<void> {
  await db
    .update(mails)
    .set({ deliveredAt: at })
    .where(and(eq(mails.id, id), isNull(mails.deliveredAt)));
}

/** Notes that a mail came back. */
export async function noteBounce(db: Db | Tx, id: string, at: Date = new Date()): Promise<void> {
  await db
    .update(mails)
    .set({ bouncedAt: at })
    .where(and(eq(mails.id, id), isNull(mails.bouncedAt)));
}

/** Notes that a mail's reader called it spam. */
export async function noteComplaint(db: Tx, id: string, at: Date): Promise<void> {
  await db
    .update(mails)
    .set({ complainedAt: at })
    .where(and(eq(mails.id, id), isNull(mails.complainedAt)));
}

/** Notes that a mail handed over was not sent on after all; its content is gone by then. */
export async function noteFailed(db: Tx, id: string, reason: string): Promise<void> {
  await db
    .update(mails)
    .set({ state: 'failed', sentAt: null, lastError: reason })
    .where(and(eq(mails.id, id), sql`${mails.state} = 'sent'`));
}
