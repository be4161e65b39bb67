import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { members, messages } from '../schema/index.ts';
import { emptyFailedMails } from './mail-content.ts';

/**
 * Deletes a message's text wherever it is kept: in the log, where search finds it, and in mails that were
 * given up. Its place in the log stays.
 */
export async function emptyMessage(
  tx: Tx,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<void> {
  // Whoever writes a mail holds its reader's row. So a mail that shows the text is committed by now, and older
  // than the time noted below, by which its next try sees that it shows a deleted text.
  await tx
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.conversationId, conversationId))
    .orderBy(members.userId)
    .for('no key update');
  await tx
    .update(messages)
    .set({ body: '', folded: '', searchKeys: [], deletedAt: sql`clock_timestamp()` })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
  await emptyFailedMails(tx, { conversationId, seq });
}
