import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { validate as isUuid } from 'uuid';
import { MessageSearch } from '#components/search/message-search.tsx';
import { requireUser } from '#lib/auth/current-user.ts';
import { getConversation } from '#lib/chat/get-conversation.ts';
import { getT } from '#lib/i18n/server.ts';
import { parseQuery } from '#lib/text/search-keys.ts';
import { findMessages } from './actions.ts';

type Props = { searchParams: Promise<{ q?: string | string[]; in?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('search'))('messages.title') };
}

export default async function SearchPage({ searchParams }: Props) {
  const { userId } = await requireUser();
  const { q, in: scope } = await searchParams;
  const query = typeof q === 'string' ? q : '';
  const room = await loadScope(userId, scope);
  const answer = parseQuery(query)
    ? await findMessages({ query, conversationId: room?.conversationId })
    : null;
  return (
    <MessageSearch
      key={room?.conversationId ?? 'all'}
      initial={{ query, answer }}
      scope={room && { conversationId: room.conversationId, partner: room.partner }}
      findAction={findMessages}
    />
  );
}

/** The one conversation to search; nothing for all. Somebody else's is like one that does not exist. */
async function loadScope(viewerId: string, scope: string | string[] | undefined) {
  if (scope === undefined || scope === '') return undefined;
  const isId = typeof scope === 'string' && isUuid(scope);
  const room = isId ? await getConversation({ viewerId, conversationId: scope }) : null;
  return room ?? notFound();
}
