'use server';

import { answerCall } from '#lib/actions/answer-call.ts';
import { getCurrentUser } from '#lib/auth/sessions/current-user.ts';
import { readMessageDetails } from '#lib/chat/read-message-details.ts';
import { blockSchema, cursorSchema, muteSchema } from '#lib/chat/schemas.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { setMuted } from '#lib/chat/set-muted.ts';
import type { ChatResult, ConversationEntry, MessageDetails } from '#lib/chat/types.ts';

/** Blocks or unblocks the partner; `not_found` also for a conversation that is somebody else's. */
export async function blockPartner(input: unknown): Promise<ChatResult<{ entry: ConversationEntry }>> {
  const rules = { who: getCurrentUser, schema: blockSchema, limit: 'block' } as const;
  return answerCall(input, rules, (viewerId, wanted) => setBlocked({ viewerId, ...wanted }));
}

/** Mutes a conversation or ends that; `not_found` also for one that is somebody else's. */
export async function muteConversation(input: unknown): Promise<ChatResult<{ entry: ConversationEntry }>> {
  const rules = { who: getCurrentUser, schema: muteSchema, limit: 'block' } as const;
  return answerCall(input, rules, (viewerId, wanted) => setMuted({ viewerId, ...wanted }));
}

/** How far one's own message has come, and what any said before it was edited; `not_found` also for somebody else's. */
export async function showMessageDetails(input: unknown): Promise<ChatResult<{ details: MessageDetails }>> {
  const rules = { who: getCurrentUser, schema: cursorSchema, limit: 'messageDetails' } as const;
  return answerCall(input, rules, (viewerId, message) => readMessageDetails({ viewerId, ...message }));
}
