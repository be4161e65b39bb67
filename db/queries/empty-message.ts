import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { conversations, members, messages, messageVersions } from '../schema/index.ts';
import { emptyFailedMails } from './mail-content.ts';
import { type MarkedPerson, takeStars } from './marks.ts';
import { unlistPin } from './pins.ts';
import { keepForUndo } from './undos.ts';

type Place = { conversationId: string; seq: number };

/**
 * Waits for whoever writes a mail about a conversation, who holds its reader's row. So a mail that shows the text as it
 * was is committed by now, and older than the time noted next, by which its next try sees that it shows it.
 */
export async function lockReaders(tx: Tx, conversationId: string): Promise<void> {
  await tx
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.conversationId, conversationId))
    .orderBy(members.userId)
    .for('no key update');
}

/**
 * Deletes a message's text wherever it is kept: in the log, its earlier texts, reactions, stars and pin, where search finds
 * it, and in mails that were given up. Its place in the log stays; it has vanished when the partner can have got it in no way
 * (`mayHaveReached`). For `undoSeconds` the whole lies where an undo finds it. Returns
 * whose star went.
 */
export async function emptyMessage(tx: Tx, place: Place, undoSeconds: number): Promise<MarkedPerson[]> {
  const { conversationId, seq } = place;
  await lockReaders(tx, conversationId);
  await keepForUndo(tx, place, undoSeconds);
  await tx
    .delete(messageVersions)
    .where(and(eq(messageVersions.conversationId, conversationId), eq(messageVersions.seq, seq)));
  const [emptied] = await tx
    .update(messages)
    .set({
      body: '',
      folded: '',
      searchKeys: [],
      reactions: null,
      replyToSeq: null,
      editedAt: null,
      textRevision: null,
      pinnedAt: null,
      pinnedBy: null,
      deletedAt: sql`clock_timestamp()`,
      vanished: sql`not ${mayHaveReached(place)}`,
    })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)))
    .returning({ vanished: messages.vanished });
  await unlistPin(tx, place);
  if (emptied?.vanished) await setActivity(tx, conversationId);
  await emptyFailedMails(tx, place);
  return takeStars(tx, place);
}

/**
 * True when the partner has been delivered a message, or may have been mailed it: one that waits can be on its way at
 * this moment. True also while a block stands, as what arrives meanwhile is told to nobody.
 */
const mayHaveReached = ({ conversationId, seq }: Place): SQL => sql`(exists (
    select 1 from members p where p.conversation_id = ${conversationId} and p.user_id <> ${messages.senderId}
      and (p.delivered_seq >= ${seq} or p.sealed_at is not null)
  ) or exists (
    select 1 from mail_ranges r join mails s on s.id = r.mail_id
    where r.conversation_id = ${conversationId} and ${seq} between r.from_seq and r.shown_seq
      and s.recipient_id <> ${messages.senderId} and (s.state in ('pending', 'sent') or s.attempts > 0)))`;

/** Places a conversation in the lists by its newest message that is shown: after one vanished or came back. */
export async function setActivity(tx: Tx, conversationId: string): Promise<void> {
  await tx
    .update(conversations)
    .set({
      lastMessageAt: sql`(select m.created_at from messages m
        where m.conversation_id = ${conversationId} and not m.vanished order by m.seq desc limit 1)`,
    })
    .where(eq(conversations.id, conversationId));
}
