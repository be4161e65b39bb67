import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { validate as isUuid } from 'uuid';
import { MessageSearch } from '#components/search/message-search.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getConversation } from '#lib/chat/get-conversation.ts';
import { getT } from '#lib/i18n/server.ts';
import { MAX_QUERY_UNITS, parseQuery } from '#lib/text/search-keys.ts';
import { listMessages } from './actions.ts';

type Props = { searchParams: Promise<{ q?: string | string[]; in?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('search'))('messages.title') };
}

export default async function SearchPage({ searchParams }: Props) {
  const { userId } = await requireUser();
  const { q, in: scope } = await searchParams;
  const query = typeof q === 'string' ? q.slice(0, MAX_QUERY_UNITS) : '';
  const conversation = await loadScope(userId, scope);
  const answer = parseQuery(query)
    ? await listMessages({ query, conversationId: conversation?.conversationId })
    : null;
  return (
    <MessageSearch
      key={conversation?.conversationId ?? 'all'}
      initial={{ query, answer }}
      scope={conversation && { conversationId: conversation.conversationId, partner: conversation.partner }}
      findAction={listMessages}
    />
  );
}

/** The conversation to search, or none for all. Somebody else's is treated like one that does not exist. */
async function loadScope(viewerId: string, scope: string | string[] | undefined) {
  if (scope === undefined || scope === '') return undefined;
  const isId = typeof scope === 'string' && isUuid(scope);
  const conversation = isId ? await getConversation({ viewerId, conversationId: scope }) : null;
  return conversation ?? notFound();
}
