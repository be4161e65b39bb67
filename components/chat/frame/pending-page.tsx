'use client';

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
  const conversationId = parseConversationId(path);
  const entry = useEntry(conversationId ?? '');
  if (conversationId) return <ConversationSkeleton entry={entry} />;
  if (path !== '/search' && path !== '/chat/new') return null;
  const isMessages = path === '/search';
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col">
      <SearchPane
        title={t(isMessages ? 'messages.title' : 'people.title')}
        field={<Skeleton className="h-11.5 w-full rounded-full" />}
      >
        <RowSkeletons lines={isMessages ? 2 : 1} />
      </SearchPane>
    </div>
  );
}
