'use server';

import { getCurrentUser } from '#lib/auth/current-user.ts';
import { readMessageDetails } from '#lib/chat/read-message-details.ts';
import { blockSchema, cursorSchema, muteSchema } from '#lib/chat/schemas.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { setMuted } from '#lib/chat/set-muted.ts';
import type { Ack, ConversationEntry, MessageDetails } from '#lib/chat/types.ts';
import { fail } from '#lib/chat/wire.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

/** Blocks or unblocks the partner; `not_found` also for a conversation that is somebody else's. */
export async function setPartnerBlocked(input: unknown): Promise<Ack<{ entry: ConversationEntry }>> {
  const user = await getCurrentUser();
  if (!user) return fail('unauthorized');
  const parsed = blockSchema.safeParse(input);
  if (!parsed.success) return fail('invalid');
  const limit = await consumeLimit('block', user.userId);
  if (!limit.ok) return fail('rate_limited', limit.retryAfterMs);
  return setBlocked({ viewerId: user.userId, ...parsed.data });
}

/** Mutes a conversation or ends that; `not_found` also for one that is somebody else's. */
export async function setConversationMuted(input: unknown): Promise<Ack<{ entry: ConversationEntry }>> {
  const user = await getCurrentUser();
  if (!user) return fail('unauthorized');
  const parsed = muteSchema.safeParse(input);
  if (!parsed.success) return fail('invalid');
  const limit = await consumeLimit('block', user.userId);
  if (!limit.ok) return fail('rate_limited', limit.retryAfterMs);
  return setMuted({ viewerId: user.userId, ...parsed.data });
}

/** How far one's own message has come; `not_found` also for somebody else's. */
export async function readOwnMessageDetails(input: unknown): Promise<Ack<{ details: MessageDetails }>> {
  const user = await getCurrentUser();
  if (!user) return fail('unauthorized');
  const parsed = cursorSchema.safeParse(input);
  if (!parsed.success) return fail('invalid');
  const limit = await consumeLimit('messageDetails', user.userId);
  if (!limit.ok) return fail('rate_limited', limit.retryAfterMs);
  return readMessageDetails({ viewerId: user.userId, ...parsed.data });
}
