'use server';

import { getCurrentUser } from '#lib/auth/current-user.ts';
import { blockSchema } from '#lib/chat/schemas.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import type { Ack, ConversationEntry } from '#lib/chat/types.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

/** Blocks or unblocks the partner; `not_found` also for a conversation that is somebody else's. */
export async function setPartnerBlocked(input: unknown): Promise<Ack<{ entry: ConversationEntry }>> {
  const user = await getCurrentUser();
  if (!user) return { ok: false, error: { code: 'unauthorized' } };
  const parsed = blockSchema.safeParse(input);
  if (!parsed.success) return { ok: false, error: { code: 'invalid' } };
  const limit = await consumeLimit('block', user.userId);
  if (!limit.ok) return { ok: false, error: { code: 'rate_limited', retryAfterMs: limit.retryAfterMs } };
  return setBlocked({ viewerId: user.userId, ...parsed.data });
}
