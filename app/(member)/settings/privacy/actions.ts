'use server';

import { refresh } from 'next/cache';
import type { UnblockState } from '#components/settings/blocked-list.tsx';
import { answerCall } from '#lib/actions/answer-call.ts';
import { readFields } from '#lib/auth/forms/form-state.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { blockSchema } from '#lib/chat/schemas.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';

/** Unblocks the partner of a conversation; somebody else's is answered like one that does not exist. */
export async function unblockPartner(_state: UnblockState, form: FormData): Promise<UnblockState> {
  const input = { conversationId: readFields(form).conversationId, blocked: false };
  const rules = { who: requireUser, schema: blockSchema, limit: 'block' } as const;
  const result = await answerCall(input, rules, (viewerId, wanted) => setBlocked({ viewerId, ...wanted }));
  if (!result.ok) {
    const { code, retryAfterMs } = result.error;
    if (code === 'unavailable') return { loss: 'unreachable' };
    if (retryAfterMs !== undefined) return { retryAfterMs };
  }
  refresh();
  return { outcome: result.ok ? 'unblocked' : 'notFound' };
}
