'use server';

import { z } from 'zod';
import { requireUser } from '#lib/auth/current-user.ts';
import { searchMessages } from '#lib/chat/search-messages.ts';
import type { Ack, SearchCursor, SearchHit } from '#lib/chat/types.ts';
import { fail } from '#lib/chat/wire.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

const searchSchema = z.strictObject({
  query: z.string().max(1000),
  conversationId: z.uuid().optional(),
  before: z
    .strictObject({ at: z.iso.datetime(), conversationId: z.uuid(), seq: z.int().min(1).max(2_147_483_647) })
    .optional(),
});

/** A page of the viewer's messages that hold the query's words, newest first. */
export async function findMessages(
  input: unknown,
): Promise<Ack<{ hits: SearchHit[]; next: SearchCursor | null }>> {
  const { userId } = await requireUser();
  const parsed = searchSchema.safeParse(input);
  if (!parsed.success) return fail('invalid');
  const limit = await consumeLimit('messageSearch', userId);
  if (!limit.ok) return fail('rate_limited', limit.retryAfterMs);
  return searchMessages({ viewerId: userId, ...parsed.data });
}
