import { and, asc, count, eq, gt, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { longAgo } from '../long-ago.ts';
import { mailRanges, mails, users } from '../schema/index.ts';
import { EMPTY_PAYLOAD, IS_OUTDATED, KEPT_ON_FAILURE, MAY_BE_UNDONE } from './mail-content.ts';

export type NewMail = typeof mails.$inferInsert;
export type Mail = typeof mails.$inferSelect;
export type MailKind = Mail['kind'];
export type MailPayload = Mail['payload'];
export type NewMailRange = Omit<typeof mailRanges.$inferInsert, 'mailId'>;

/** A mail before its first attempt, and what it covers. */
export type WrittenMail = { mail: NewMail; ranges?: NewMailRange[] };

/** Writes mails, each unless its key is there already; the ids of those written. */
export async function insertMails(tx: Tx, written: readonly WrittenMail[]): Promise<string[]> {
  if (written.length === 0) return [];
  const insert = tx
    .insert(mails)
    .values(written.map(({ mail }) => mail))
    .onConflictDoNothing({ target: mails.idempotencyKey })
    .returning({ id: mails.id });
  const ranges = written.flatMap(({ mail, ranges = [] }) =>
    ranges.map((range) => ({ mailId: mail.id, ...range })),
  );
  const { rows } = await tx.execute<{ id: string }>(sql`
    with mail as (${insert.getSQL()}), covered as (
      insert into mail_ranges (mail_id, conversation_id, from_seq, to_seq, shown_seq)
      select mail.id, r."conversationId", r."fromSeq", r."toSeq", r."shownSeq"
      from json_to_recordset(${JSON.stringify(ranges)}::json)
        as r("mailId" uuid, "conversationId" uuid, "fromSeq" int, "toSeq" int, "shownSeq" int)
      join mail on mail.id = r."mailId"
    )
    select id from mail`);
  return rows.map(({ id }) => id);
}

/**
 * A mail with what decides about it now: the recipient's address, preference and standing, and the
 * state of the conversations it covers. Undefined unless it is in this state.
 */
export async function findJudgedMail(db: Tx, id: string, state: 'pending' | 'failed') {
  const [row] = await db
    .select({
      mail: mails,
      recipient: {
        state: users.state,
        email: users.email,
        emailPreference: users.emailPreference,
        emailVerifiedAt: users.emailVerifiedAt,
        emailStopReason: users.emailStopReason,
      },
      /** Something of it is blocked or muted by now. */
      isSilenced: sql<boolean>`exists (
        select 1 from mail_ranges r
        join members m on m.conversation_id = r.conversation_id and m.user_id = ${mails.recipientId}
        where r.mail_id = ${mails.id} and (m.blocked or m.sealed_at is not null or m.muted))`,
      mayBeUndone: MAY_BE_UNDONE,
      /** It shows a text that was deleted or edited since, or not all that it covers, as mails of an earlier release. */
      isOutdated: IS_OUTDATED,
      /** Everything that it covers has been read. */
      isRead: sql<boolean>`coalesce((
        select bool_and(m.read_seq >= r.to_seq) from mail_ranges r
        join members m on m.conversation_id = r.conversation_id and m.user_id = ${mails.recipientId}
        where r.mail_id = ${mails.id}), false)`,
    })
    .from(mails)
    .innerJoin(users, eq(users.id, mails.recipientId))
    .where(and(eq(mails.id, id), eq(mails.state, state)))
    // With a name it is planned once for each connection, not for each mail.
    .prepare('mail-judged')
    .execute();
  return row;
}

/** A person's mails that have yet to go, oldest first. */
export async function listPendingMails(db: Db, recipientId: string): Promise<string[]> {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.recipientId, recipientId), eq(mails.state, 'pending')))
    .orderBy(asc(mails.id));
  return rows.map(({ id }) => id);
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
      payload: state === 'failed' ? KEPT_ON_FAILURE : EMPTY_PAYLOAD,
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

/** Forgets mails that were written more than `KEPT_DAYS` ago and are settled: how many, at most `limit`. */
export async function pruneMails(db: Db, limit: number): Promise<number> {
  const result = await db.execute(sql`
    delete from ${mails} where id in (
      select id from ${mails}
      where state <> 'pending' and greatest(created_at, retried_at) < ${longAgo} limit ${limit})`);
  return result.rowCount ?? 0;
}
