import { and, asc, count, eq, gt, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { mailRanges, mails, users } from '../schema.ts';
import { HAS_SECRET } from './mail-failures.ts';

export type NewMail = typeof mails.$inferInsert;
export type Mail = typeof mails.$inferSelect;
export type MailKind = Mail['kind'];
export type MailPayload = Mail['payload'];
export type NewMailRange = Omit<typeof mailRanges.$inferInsert, 'mailId'>;

/** Nothing of a mail's content is kept once it needs no further attempt. */
const EMPTY_PAYLOAD: MailPayload = { subject: '', html: '', text: '', headers: {} };
/** Writes a mail, and what it covers, before its first attempt; false when its key is there already. */
export async function insertMail(tx: Tx, mail: NewMail, ranges: NewMailRange[] = []): Promise<boolean> {
  const inserted = await tx
    .insert(mails)
    .values(mail)
    .onConflictDoNothing({ target: mails.idempotencyKey })
    .returning({ id: mails.id });
  if (inserted.length === 0) return false;
  if (ranges.length > 0) {
    await tx.insert(mailRanges).values(ranges.map((range) => ({ ...range, mailId: mail.id })));
  }
  return true;
}

/**
 * A mail with what decides about it now: the recipient's address, preference and standing, and the
 * state of the conversations it covers. Undefined unless it is pending.
 */
export async function findPendingMail(db: Tx, id: string) {
  const [row] = await db
    .select({
      mail: mails,
      recipient: {
        email: users.email,
        emailPreference: users.emailPreference,
        emailVerifiedAt: users.emailVerifiedAt,
        emailStopReason: users.emailStopReason,
      },
      /** Something of it is blocked or muted by now. */
      isSilenced: sql<boolean>`exists (
        select 1 from mail_ranges r
        join members m on m.conversation_id = r.conversation_id and m.user_id = ${mails.recipientId}
        where r.mail_id = ${mails.id} and (m.blocked or m.muted))`,
      /** A text that it shows was deleted after it was written. */
      showsDeleted: sql<boolean>`exists (
        select 1 from mail_ranges r
        join messages t on t.conversation_id = r.conversation_id and t.seq between r.from_seq and r.shown_seq
        where r.mail_id = ${mails.id} and t.sender_id <> ${mails.recipientId}
          and t.deleted_at > ${mails.createdAt})`,
      /** Everything that it covers has been read. */
      isRead: sql<boolean>`coalesce((
        select bool_and(m.read_seq >= r.to_seq) from mail_ranges r
        join members m on m.conversation_id = r.conversation_id and m.user_id = ${mails.recipientId}
        where r.mail_id = ${mails.id}), false)`,
    })
    .from(mails)
    .innerJoin(users, eq(users.id, mails.recipientId))
    .where(and(eq(mails.id, id), eq(mails.state, 'pending')));
  return row;
}

/** The conversations that a mail covers. */
export function listRanges(db: Tx, mailId: string) {
  return db.select().from(mailRanges).where(eq(mailRanges.mailId, mailId));
}

/**
 * Ends a mail's life: it leaves `pending` once, and its content goes, but for a failed one that may
 * be sent again. Returns whether this call ended it.
 */
export async function settleMail(
  db: Tx,
  id: string,
  state: 'sent' | 'cancelled' | 'failed',
  lastError: string | null = null,
): Promise<boolean> {
  const rows = await db
    .update(mails)
    .set({
      state,
      lastError,
      payload:
        state === 'failed'
          ? sql`case when ${HAS_SECRET} then ${JSON.stringify(EMPTY_PAYLOAD)}::jsonb else ${mails.payload} end`
          : EMPTY_PAYLOAD,
      attempts: state === 'cancelled' ? mails.attempts : sql`${mails.attempts} + 1`,
      sentAt: state === 'sent' ? sql`now()` : null,
    })
    .where(and(eq(mails.id, id), eq(mails.state, 'pending')))
    .returning({ id: mails.id });
  return rows.length > 0;
}

/** Records a failed attempt that will be repeated. */
export async function recordAttempt(db: Db, id: string, lastError: string): Promise<void> {
  await db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, lastError })
    .where(and(eq(mails.id, id), eq(mails.state, 'pending')));
}

/** Cancels a person's unsent mails about a conversation that end at or below a seq. */
export async function cancelMailsUpTo(
  db: Tx,
  { recipientId, conversationId, seq }: { recipientId: string; conversationId: string; seq: number },
): Promise<void> {
  await db
    .update(mails)
    .set({ state: 'cancelled', payload: EMPTY_PAYLOAD })
    .where(
      and(
        eq(mails.recipientId, recipientId),
        eq(mails.kind, 'messages'),
        eq(mails.state, 'pending'),
        sql`exists (select 1 from mail_ranges r where r.mail_id = ${mails.id}
          and r.conversation_id = ${conversationId} and r.to_seq <= ${seq})`,
      ),
    );
}

/** Ids of mails that have waited for longer than a delivery takes to start, or are to be sent again, oldest first. */
export async function listStalled(
  db: Db,
  { afterId, limit }: { afterId: string | undefined; limit: number },
) {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.state, 'pending'),
        or(lte(mails.createdAt, sql`now() - interval '5 seconds'`), isNotNull(mails.retriedAt)),
        afterId ? gt(mails.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(mails.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** How many mails are in each state, every state named. */
export async function countMailsByState(db: Db): Promise<Record<Mail['state'], number>> {
  const rows = await db.select({ state: mails.state, total: count() }).from(mails).groupBy(mails.state);
  const states = { pending: 0, sent: 0, cancelled: 0, failed: 0 };
  for (const { state, total } of rows) states[state] = total;
  return states;
}

/** Forgets mails that were settled more than 30 days ago. */
export async function pruneMails(db: Db): Promise<void> {
  await db
    .delete(mails)
    .where(and(sql`${mails.state} <> 'pending'`, lte(mails.createdAt, sql`now() - interval '30 days'`)));
}
