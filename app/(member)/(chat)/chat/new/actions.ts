'use server';

import { redirect } from 'next/navigation';
import * as v from 'valibot';
import { answerCall } from '#lib/actions/answer-call.ts';
import { readFields } from '#lib/auth/forms/form-state.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getConversation } from '#lib/chat/get-conversation.ts';
import { idSchema } from '#lib/chat/schemas.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import type { ChatResult, ConversationEntry, Fault, Partner } from '#lib/chat/types.ts';
import { fail } from '#lib/chat/wire.ts';
import { ok } from '#lib/runtime/result.ts';
import { searchPeople } from '#lib/search/search-people.ts';
import { MAX_QUERY_UNITS } from '#lib/text/search-keys.ts';

const querySchema = v.pipe(
  v.string(),
  v.transform((query) => query.slice(0, MAX_QUERY_UNITS)),
);

/** People whose username matches what was typed. */
export async function listPeople(query: unknown): Promise<ChatResult<{ people: Partner[] }>> {
  const rules = { who: requireUser, schema: querySchema, limit: 'peopleSearch' } as const;
  return answerCall(query, rules, async (viewerId, typed) =>
    ok({ people: await searchPeople({ viewerId, query: typed }) }),
  );
}

/** Opens the conversation with a person; `not_found` when there is no such person or it is oneself. */
export async function startChat(partnerId: unknown): Promise<ChatResult<{ entry: ConversationEntry }>> {
  const rules = { who: requireUser, schema: idSchema, limit: 'startConversation' } as const;
  return answerCall(partnerId, rules, async (userId, partnerId) => {
    const started = await startConversation({ userId, partnerId });
    if (!started.ok) return started;
    const { conversationId } = started.value;
    const entry = await getConversation({ viewerId: userId, conversationId });
    return entry ? ok({ entry }) : fail('not_found');
  });
}

/** Does the same from a plain form, for browsers without scripts: goes to the conversation, or says why not. */
export async function startFromForm(_before: Fault | null, form: FormData): Promise<Fault> {
  const started = await startChat(readFields(form).partnerId);
  if (!started.ok) return started.error;
  redirect(`/chat/${started.value.entry.conversationId}`);
}
