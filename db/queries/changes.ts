import { and, eq, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { changes, conversations, members, messages } from '../schema/index.ts';
import { type MessageRow, messageFields } from './messages.ts';

export type ChangeKind = (typeof changes.$inferSelect)['kind'];

/** A message whose conversation is locked, and what decides about changing it. */
export type LockedMessage = {
  message: MessageRow;
  /** The revision at which its text last changed; 0 while it is as it was sent. */
  textRevision: number;
  /** The two who see it. */
  memberIds: string[];
  /** A block stands between them. */
  isSealed: boolean;
  /** The messages of the conversation that are pinned. */
  pinnedSeqs: number[];
};

/**
 * Locks a conversation against sends and other changes until the transaction ends, and reads one of its
 * messages. Undefined when the conversation is not this member's or has no such message.
 */
export async function lockMessage(
  tx: Tx,
  { memberId, conversationId, seq }: { memberId: string; conversationId: string; seq: number },
): Promise<LockedMessage | undefined> {
  const { id, lowUserId, highUserId, pinnedSeqs } = conversations;
  const [locked] = await tx
    .select({ lowUserId, highUserId, pinnedSeqs })
    .from(conversations)
    .where(and(eq(id, conversationId), or(eq(lowUserId, memberId), eq(highUserId, memberId))))
    .for('no key update');
  if (!locked) return undefined;
  // A statement of its own, as only a new one sees what the lock waited for.
  const [found] = await tx
    .select({
      message: messageFields,
      textRevision: sql<number>`coalesce(${messages.textRevision}, 0)`,
      isSealed: sql<boolean>`${members.sealedAt} is not null`,
    })
    .from(messages)
    .innerJoin(
      members,
      and(eq(members.conversationId, messages.conversationId), eq(members.userId, memberId)),
    )
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
  return (
    found && {
      ...found,
      memberIds: [locked.lowUserId, locked.highUserId],
      pinnedSeqs: locked.pinnedSeqs,
    }
  );
}

/**
 * Gives a changed message the next revision of its conversation, whose lock the caller holds, and notes the
 * change for heads. Returns the message as it is then.
 *
 * @throws when there is no such message.
 */
export async function recordChange(
  tx: Tx,
  { conversationId, seq, kind }: { conversationId: string; seq: number; kind: ChangeKind },
): Promise<MessageRow> {
  const [conversation] = await tx
    .update(conversations)
    .set({ revision: sql`${conversations.revision} + 1` })
    .where(eq(conversations.id, conversationId))
    .returning({ revision: conversations.revision });
  const [message] = await tx
    .update(messages)
    .set({ revision: conversation?.revision })
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)))
    .returning(messageFields);
  if (!message) throw new Error('a change of a message that is not there');
  const { revision } = message;
  await tx.insert(changes).values({ conversationId, revision, seq, kind, at: sql`clock_timestamp()` });
  return message;
}

/** Forgets old changes, long after heads have told of them: how many, at most `limit`. */
export async function pruneChanges(db: Db, limit: number): Promise<number> {
  const result = await db.execute(sql`
    delete from ${changes} where ctid in (
      select ctid from ${changes} where at < now() - interval '1 day' limit ${limit})`);
  return result.rowCount ?? 0;
}
