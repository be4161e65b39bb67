import { eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { conversations, users } from '../schema.ts';

/** The person on one side of a conversation; undefined when there is no such conversation. */
export async function findReplier(db: Db, input: { conversationId: string; isLow: boolean }) {
  const side = input.isLow ? conversations.lowUserId : conversations.highUserId;
  const [row] = await db
    .select({ userId: users.id, email: users.email, locale: users.locale })
    .from(conversations)
    .innerJoin(users, eq(users.id, side))
    .where(eq(conversations.id, input.conversationId));
  return row;
}
