'use client';

import { useTranslations } from 'use-intl';
import { PickConversationArt } from '#components/ui/art/pick-conversation.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useConversationList } from '#lib/chat-client/index.ts';

/** What stands beside the list while no conversation is open. */
export function PickConversation() {
  const t = useTranslations('chat.pane');
  // Beside an empty list, which says how to begin, there is nothing to choose.
  const isListEmpty = useConversationList().length === 0;
  if (isListEmpty) {
    return (
      <div className="flex flex-1 items-center justify-center">
        <h1 className="sr-only">{t('pickTitle')}</h1>
        <PickConversationArt />
      </div>
    );
  }
  return (
    <EmptyState art={<PickConversationArt />} title={t('pickTitle')} level={1} className="flex-1">
      {t('pickBody')}
    </EmptyState>
  );
}
