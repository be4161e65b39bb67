'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { RowSkeletons } from '#components/search/row-skeletons.tsx';
import { SearchPane } from '#components/search/search-pane.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useEntry } from '#lib/chat-client/index.ts';
import { parseConversationId } from '../conversation/conversation-id.ts';
import { ConversationSkeleton } from '../conversation/conversation-skeleton.tsx';

/** The outline of the page that is on its way into the chat's frame. */
export function PendingPage({ path }: { path: string }) {
  const t = useTranslations('search');
  const tChat = useTranslations('chat');
  const conversationId = parseConversationId(path);
  const entry = useEntry(conversationId ?? '');
  if (conversationId) return <ConversationSkeleton entry={entry} />;
  const field = <Skeleton className="h-11.5 w-full rounded-full" />;
  const pages: Record<string, { title: string; field?: ReactNode; lines: 1 | 2 }> = {
    '/search': { title: t('messages.title'), field, lines: 2 },
    '/chat/new': { title: t('people.title'), field, lines: 1 },
    '/starred': { title: tChat('starred.title'), lines: 2 },
  };
  const page = pages[path];
  if (!page) return null;
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col">
      <SearchPane title={page.title} field={page.field}>
        <RowSkeletons lines={page.lines} />
      </SearchPane>
    </div>
  );
}
