import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { members, messages, messageVersions } from '../schema/index.ts';
import { emptyFailedMails } from './mail-content.ts';
import { keepForUndo } from './undos.ts';

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
 * Deletes a message's text wherever it is kept: in the log, its earlier texts and reactions, where search finds it, and
 * in mails that were given up. Its place in the log stays; it has vanished when the partner has neither been delivered
 * the message nor sent a mail that shows it. For `undoSeconds` the whole lies where an undo finds it.
 */
export async function emptyMessage(
  tx: Tx,
  { conversationId, seq }: { conversationId: string; seq: number },
  undoSeconds: number,
): Promise<void> {
  await lockReaders(tx, conversationId);
  await keepForUndo(tx, { conversationId, seq }, undoSeconds);
  await tx
    .delete(messageVersions)
    .where(and(eq(messageVersions.conversationId, conversationId), eq(messageVersions.seq, seq)));
  await tx
    .update(messages)
    .set({
      body: '',
      folded: '',
      searchKeys: [],
      reactions: null,
      replyToSeq: null,
      editedAt: null,
      textRevision: null,
      deletedAt: sql`clock_timestamp()`,
      vanished: sql`not exists (
        select 1 from members p where p.conversation_id = ${conversationId}
          and p.user_id <> ${messages.senderId} and p.delivered_seq >= ${seq}
      ) and not exists (
        select 1 from mail_ranges r join mails s on s.id = r.mail_id
        where r.conversation_id = ${conversationId} and ${seq} between r.from_seq and r.shown_seq
          and s.recipient_id <> ${messages.senderId} and (s.state = 'sent' or s.attempts > 0))`,
    })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
  await emptyFailedMails(tx, { conversationId, seq });
}
