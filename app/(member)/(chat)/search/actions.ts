'use server';

import * as v from 'valibot';
import { answerCall } from '#lib/actions/answer-call.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { idSchema, placeSchema } from '#lib/chat/schemas.ts';
import type { ChatResult, SearchCursor, SearchHit } from '#lib/chat/types.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { MAX_QUERY_UNITS } from '#lib/text/search-keys.ts';

const searchSchema = v.strictObject({
  query: v.pipe(
    v.string(),
    v.transform((query) => query.slice(0, MAX_QUERY_UNITS)),
  ),
  conversationId: v.optional(idSchema),
  before: v.optional(placeSchema),
});

/** A page of the viewer's messages that hold the query's words, newest first. */
export async function listMessages(
  input: unknown,
): Promise<ChatResult<{ hits: SearchHit[]; next: SearchCursor | null }>> {
  const rules = { who: requireUser, schema: searchSchema, limit: 'messageSearch' } as const;
  return answerCall(input, rules, (viewerId, wanted) => searchMessages({ viewerId, ...wanted }));
}
