import { and, eq } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { messages } from '../schema/index.ts';

/** Writes who put which emoji on a message, whose conversation the caller has locked. */
export async function setReactions(
  tx: Tx,
  { conversationId, seq }: { conversationId: string; seq: number },
  reactions: { emoji: string; userIds: string[] }[],
): Promise<void> {
  await tx
    .update(messages)
    .set({ reactions: reactions.length > 0 ? reactions : null })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
}
