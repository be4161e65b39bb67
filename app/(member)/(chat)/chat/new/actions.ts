'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { requireUser } from '#lib/auth/current-user.ts';
import { getConversation } from '#lib/chat/get-conversation.ts';
import { searchPeople } from '#lib/chat/search-people.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import type { Ack, ConversationEntry, Partner } from '#lib/chat/types.ts';
import { fail } from '#lib/chat/wire.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

const querySchema = z.string().max(1000);
const partnerIdSchema = z.uuid();

/** People whose username matches what was typed. */
export async function findPeople(query: unknown): Promise<Ack<{ people: Partner[] }>> {
  const { userId } = await requireUser();
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return fail('invalid');
  const limit = await consumeLimit('peopleSearch', userId);
  if (!limit.ok) return fail('rate_limited', limit.retryAfterMs);
  return { ok: true, people: await searchPeople({ viewerId: userId, query: parsed.data }) };
}

/** Opens the room with a person; `not_found` when there is no such person or it is oneself. */
export async function startWith(partnerId: unknown): Promise<Ack<{ entry: ConversationEntry }>> {
  const { userId } = await requireUser();
  const parsed = partnerIdSchema.safeParse(partnerId);
  if (!parsed.success) return fail('invalid');
  const limit = await consumeLimit('startConversation', userId);
  if (!limit.ok) return fail('rate_limited', limit.retryAfterMs);
  const started = await startConversation({ userId, partnerId: parsed.data });
  if (!started.ok) return started;
  const entry = await getConversation({ viewerId: userId, conversationId: started.conversationId });
  return entry ? { ok: true, entry } : fail('not_found');
}

/** The same from a plain form, for browsers without scripts: goes to the room. */
export async function startFromForm(form: FormData): Promise<void> {
  const started = await startWith(form.get('partnerId'));
  redirect(started.ok ? `/chat/${started.entry.conversationId}` : '/chat/new');
}
