'use server';

import { answerCall } from '#lib/actions/answer-call.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { listStarred } from '#lib/chat/list-starred.ts';
import { starredSchema } from '#lib/chat/schemas.ts';
import type { ChatResult, StarredPage } from '#lib/chat/types.ts';

/** A page of the messages that the viewer has starred, newest star first. */
export async function listStarredMessages(input: unknown): Promise<ChatResult<StarredPage>> {
  const rules = { who: requireUser, schema: starredSchema, limit: 'starred' } as const;
  return answerCall(input, rules, (viewerId, wanted) => listStarred({ viewerId, ...wanted }));
}
