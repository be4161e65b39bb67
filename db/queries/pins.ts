import { and, eq, sql } from 'drizzle-orm';
import { MAX_PINS } from '#lib/chat/sizes.ts';
import { type Db, getDb, type Tx } from '../client.ts';
import { conversations, messages } from '../schema/index.ts';
import { isGoneForSql } from './marks.ts';

type Place = { conversationId: string; seq: number };

/**
 * Adds a message, which is not there yet, to those that are pinned; false where there is no room. As everywhere here
 * the caller has locked the conversation.
 */
export async function listPin(tx: Tx, { conversationId, seq }: Place): Promise<boolean> {
  const { id, pinnedSeqs } = conversations;
  const result = await tx
    .update(conversations)
    .set({ pinnedSeqs: sql`array_append(${pinnedSeqs}, ${seq}::int)` })
    .where(and(eq(id, conversationId), sql`cardinality(${pinnedSeqs}) < ${MAX_PINS}`));
  return result.rowCount === 1;
}

/** Takes a message from those that are pinned, where it is one. */
export async function unlistPin(tx: Tx, { conversationId, seq }: Place): Promise<void> {
  const { id, pinnedSeqs } = conversations;
  await tx
    .update(conversations)
    .set({ pinnedSeqs: sql`array_remove(${pinnedSeqs}, ${seq}::int)` })
    .where(and(eq(id, conversationId), sql`${seq} = any(${pinnedSeqs})`));
}

/** The oldest pin of a conversation that a member is not shown, as they deleted its message for themselves. */
export async function findGonePin(
  { memberId, conversationId }: { memberId: string; conversationId: string },
  db: Db = getDb(),
): Promise<number | undefined> {
  const { rows } = await db.execute<{ seq: number }>(sql`
    select m.seq from ${conversations} c join ${messages} m on m.conversation_id = c.id and m.seq = any(c.pinned_seqs)
    where c.id = ${conversationId} and ${isGoneForSql(memberId, 'm')}
    order by m.pinned_at limit 1`);
  return rows[0]?.seq;
}

/** Notes on a message when it was pinned and by whom, or with null that it is not. */
export async function setPin(tx: Tx, { conversationId, seq }: Place, memberId: string | null): Promise<void> {
  await tx
    .update(messages)
    .set({ pinnedAt: memberId === null ? null : sql`clock_timestamp()`, pinnedBy: memberId })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
}
