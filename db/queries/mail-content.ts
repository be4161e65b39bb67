import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { mails } from '../schema/index.ts';

/** Nothing of a mail's content is kept once it needs no further attempt. */
export const EMPTY_PAYLOAD: (typeof mails.$inferSelect)['payload'] = {
  subject: '',
  html: '',
  text: '',
  headers: {},
};

/** Their links are secrets that expire, so a failed one is not kept to be sent again either. */
export const HAS_SECRET = sql`${mails.kind} in ('verify', 'reset', 'change', 'login')`;

/**
 * True for a mail that shows a text which was deleted after it was written: one of the partner's, or what its
 * reader had said right before.
 */
export const SHOWS_DELETED = sql`exists (
  select 1 from mail_ranges r
  join messages t on t.conversation_id = r.conversation_id and t.seq between r.from_seq - 1 and r.shown_seq
  where r.mail_id = ${mails.id} and t.deleted_at > ${mails.createdAt}
    and (t.seq < r.from_seq) = (t.sender_id = ${mails.recipientId}))`;

/** True for a failed mail that can be sent again: with its content, or written anew without a deleted text. */
export const IS_RETRYABLE = sql<boolean>`(not (${HAS_SECRET}) and (${mails.payload} ->> 'text' <> '' or ${SHOWS_DELETED}))`;

/** What a mail that fails keeps, for an operator to send it again. */
export const KEPT_ON_FAILURE = sql`case when ${HAS_SECRET} or ${SHOWS_DELETED}
  then ${JSON.stringify(EMPTY_PAYLOAD)}::jsonb else ${mails.payload} end`;

type Place = { conversationId: string; seq: number };

/** True for a mail that shows a message, or showed it before it was deleted. */
const covers = ({ conversationId, seq }: Place): SQL => sql`exists (
  select 1 from mail_ranges r where r.mail_id = ${mails.id} and r.conversation_id = ${conversationId}
    and ${seq} between r.from_seq - 1 and r.shown_seq)`;

/** Mails that have yet to go and show this message, which was deleted. */
export async function listPendingShowing(db: Db, place: Place): Promise<string[]> {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.state, 'pending'), covers(place), SHOWS_DELETED));
  return rows.map(({ id }) => id);
}

/** Takes the content of given up mails that show this message, which was deleted. */
export async function emptyFailedMails(tx: Tx, place: Place): Promise<void> {
  await tx
    .update(mails)
    .set({ payload: EMPTY_PAYLOAD })
    .where(and(eq(mails.state, 'failed'), covers(place), SHOWS_DELETED));
}
