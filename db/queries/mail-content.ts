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
 * True for a mail that shows a text which was deleted or edited after it was written: one of the partner's, or what its
 * reader had said right before.
 */
export const SHOWS_FORMER = sql`exists (
  select 1 from mail_ranges r
  join messages t on t.conversation_id = r.conversation_id and t.seq between r.from_seq - 1 and r.shown_seq
  where r.mail_id = ${mails.id} and greatest(t.deleted_at, t.edited_at) > ${mails.createdAt}
    and (t.seq < r.from_seq) = (t.sender_id = ${mails.recipientId}))`;

/** True for a failed mail that can be sent again: with its content, or written anew with its texts as they are now. */
export const IS_RETRYABLE = sql<boolean>`(not (${HAS_SECRET}) and (${mails.payload} ->> 'text' <> '' or ${SHOWS_FORMER}))`;

/** What a mail that fails keeps, for an operator to send it again. */
export const KEPT_ON_FAILURE = sql`case when ${HAS_SECRET} or ${SHOWS_FORMER}
  then ${JSON.stringify(EMPTY_PAYLOAD)}::jsonb else ${mails.payload} end`;

type Place = { conversationId: string; seq: number };

/** True for a mail that shows a message, or showed it before it was deleted or edited. */
const covers = ({ conversationId, seq }: Place): SQL => sql`exists (
  select 1 from mail_ranges r where r.mail_id = ${mails.id} and r.conversation_id = ${conversationId}
    and ${seq} between r.from_seq - 1 and r.shown_seq)`;

/** Mails that have yet to go and show this message as it was before it was deleted or edited. */
export async function listPendingShowing(db: Db, place: Place): Promise<string[]> {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.state, 'pending'), covers(place), SHOWS_FORMER));
  return rows.map(({ id }) => id);
}

/** Takes the content of given up mails that show this message as it was before it was deleted or edited. */
export async function emptyFailedMails(tx: Tx, place: Place): Promise<void> {
  await tx
    .update(mails)
    .set({ payload: EMPTY_PAYLOAD })
    .where(and(eq(mails.state, 'failed'), covers(place), SHOWS_FORMER));
}

/** True for a mail with a text of which the deletion can still be undone: it waits for that to be decided. */
export const MAY_BE_UNDONE = sql<boolean>`exists (
  select 1 from mail_ranges r join undos u on u.conversation_id = r.conversation_id
    and u.seq between r.from_seq - 1 and r.shown_seq
  where r.mail_id = ${mails.id} and u.expires_at > now())`;
