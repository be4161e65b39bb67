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
 * The messages `t` of which a mail's range `r` shows something: the partner's texts, and the reader's own before them.
 * `offset 0` keeps the planner to the range: it takes it for a ninth of all messages, and would read them whole.
 */
const SHOWN = sql`lateral (
    select m.seq, m.deleted_at, m.edited_at, m.reply_to_seq from messages m
    where m.conversation_id = r.conversation_id and m.seq between r.from_seq - 1 and r.shown_seq
      and (m.seq < r.from_seq) = (m.sender_id = ${mails.recipientId})
    offset 0) t on true`;

/**
 * True for a mail that shows or quotes something which its reader deleted for themselves after it was written: a message,
 * or all up to where they cleared the conversation, of which the mark at that place tells when.
 */
const SHOWS_HIDDEN = sql`exists (
  select 1 from mail_ranges r
  join members me on me.conversation_id = r.conversation_id and me.user_id = ${mails.recipientId}
    and me.marks_revision > 0
  join marks k on k.conversation_id = r.conversation_id and k.user_id = me.user_id and k.hidden_at > ${mails.createdAt}
    and k.seq >= me.cleared_seq
  where r.mail_id = ${mails.id} and (
    case when k.seq = me.cleared_seq then k.seq >= r.from_seq - 1 else k.seq between r.from_seq - 1 and r.shown_seq end
    or exists (select 1 from messages t
      where t.conversation_id = r.conversation_id and t.seq between r.from_seq and r.shown_seq
        and case when k.seq = me.cleared_seq then t.reply_to_seq <= k.seq else t.reply_to_seq = k.seq end)))`;

/**
 * True for a mail that shows a text, or quotes one above its answer, which was deleted or edited after it was written,
 * or deleted by its reader for themselves.
 */
export const SHOWS_FORMER = sql`(${SHOWS_HIDDEN} or exists (
  select 1 from mail_ranges r join ${SHOWN}
  left join messages o on o.conversation_id = r.conversation_id and o.seq = t.reply_to_seq and t.seq >= r.from_seq
  where r.mail_id = ${mails.id}
    and greatest(t.deleted_at, t.edited_at, o.deleted_at, o.edited_at) > ${mails.createdAt}))`;

/** True for a mail whose content is gone though it may go again: what it said was deleted or edited. */
const IS_EMPTIED = sql`(${mails.kind} in ('messages', 'summary') and ${mails.payload} ->> 'text' = '')`;

/** True for a mail that is to be written anew, with its texts as they are now, before it goes. */
export const IS_OUTDATED = sql<boolean>`(${SHOWS_FORMER} or ${IS_EMPTIED} or exists (
  select 1 from mail_ranges r where r.mail_id = ${mails.id} and r.shown_seq < r.to_seq))`;

/** True for a failed mail that can be sent again: with its content, or written anew with its texts as they are now. */
export const IS_RETRYABLE = sql<boolean>`(not (${HAS_SECRET}) and (${mails.payload} ->> 'text' <> '' or ${IS_EMPTIED}))`;

/** What a mail that fails keeps, for an operator to send it again. */
export const KEPT_ON_FAILURE = sql`case when ${HAS_SECRET} or ${SHOWS_FORMER}
  then ${JSON.stringify(EMPTY_PAYLOAD)}::jsonb else ${mails.payload} end`;

/** One message, or all of a conversation. */
type Place = { conversationId: string; seq?: number };

/** True for a mail that shows or quotes a message, or did so before it was deleted or edited. */
const covers = ({
  conversationId,
  seq = null,
}: {
  conversationId: string;
  seq?: number | null;
}): SQL => sql`exists (
  select 1 from mail_ranges r where r.mail_id = ${mails.id} and r.conversation_id = ${conversationId}
    and (${seq}::int is null or ${seq}::int between r.from_seq - 1 and r.shown_seq or exists (
      select 1 from messages t where t.conversation_id = r.conversation_id
        and t.seq between r.from_seq and r.shown_seq and t.reply_to_seq = ${seq}::int
        and t.sender_id <> ${mails.recipientId})))`;

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

/**
 * True for a mail about messages that shows or quotes one of which the deletion can still be undone: it waits for that
 * to be decided. A summary does not, as one partner would hold up the texts of all.
 */
export const MAY_BE_UNDONE = sql<boolean>`(${mails.kind} = 'messages' and exists (
  select 1 from mail_ranges r
  join undos u on u.conversation_id = r.conversation_id and u.expires_at > now()
  where r.mail_id = ${mails.id} and (u.seq between r.from_seq - 1 and r.shown_seq or exists (
    select 1 from messages t where t.conversation_id = r.conversation_id
      and t.seq between r.from_seq and r.shown_seq and t.reply_to_seq = u.seq))))`;
