'use server';

import { getCurrentUser } from '#lib/auth/current-user.ts';
import { blockSchema } from '#lib/chat/schemas.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import type { Ack, ConversationEntry } from '#lib/chat/types.ts';

/** Blocks or unblocks the partner; `not_found` also for a conversation that is somebody else's. */
export async function setPartnerBlocked(input: unknown): Promise<Ack<{ entry: ConversationEntry }>> {
  const user = await getCurrentUser();
  if (!user) return { ok: false, error: { code: 'unauthorized' } };
  const parsed = blockSchema.safeParse(input);
  if (!parsed.success) return { ok: false, error: { code: 'invalid' } };
  return setBlocked({ viewerId: user.userId, ...parsed.data });
}
