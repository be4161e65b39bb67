'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { LostArt } from '#components/ui/art/lost.tsx';
import { OfflineArt } from '#components/ui/art/offline.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { type ConversationSeed, useChat, useConversation } from '#lib/chat-client/index.ts';
import { BackLink, useUpLink } from '../frame/back-link.tsx';
import { Conversation } from './conversation.tsx';
import type { ConversationActions } from './conversation-actions.ts';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { PickConversation } from './pick-conversation.tsx';
import { useCurrentConversation } from './use-current-conversation.ts';

export type ConversationPaneProps = {
  /** The conversation that the server rendered, if it rendered one. */
  initial?: ConversationSeed;
  /** The conversation that the server did not find. */
  missingId?: string;
  actions: ConversationActions;
  /** Lets the script that positions the server's HTML run under the content security policy. */
  nonce?: string;
};

/** The right pane of the chat: the conversation that the address names, whichever page the server gave. */
export function ConversationPane(props: ConversationPaneProps) {
  const { conversationId, targetSeq } = useCurrentConversation();
  if (conversationId === null) return <PickConversation />;
  return (
    <OpenConversation key={conversationId} {...props} conversationId={conversationId} targetSeq={targetSeq} />
  );
}

type OpenConversationProps = ConversationPaneProps & { conversationId: string; targetSeq: number | null };

function OpenConversation({
  initial,
  missingId,
  actions,
  nonce,
  conversationId,
  targetSeq,
}: OpenConversationProps) {
  const chat = useChat();
  const seed = initial?.entry.conversationId === conversationId ? initial : undefined;
  const view = useConversation(conversationId, seed);
  const isMissing = missingId === conversationId;
  useEffect(() => {
    if (!isMissing) chat.open(conversationId, seed);
  }, [chat, conversationId, seed, isMissing]);

  if (isMissing || view.status === 'not_found') return <ConversationMissing />;
  if (view.status === 'failed') return <ConversationFailed onRetry={() => chat.open(conversationId)} />;
  if (view.status === 'loading' || !view.entry) return <ConversationSkeleton entry={view.entry} />;
  return (
    <Conversation entry={view.entry} view={view} targetSeq={targetSeq} actions={actions} nonce={nonce} />
  );
}

function ConversationMissing() {
  const t = useTranslations('chat.pane');
  const goUp = useUpLink();
  return (
    <>
      <div className="p-1">
        <BackLink className="md:hidden" />
      </div>
      <EmptyState
        art={<LostArt />}
        title={t('notFoundTitle')}
        level={1}
        action={
          <LinkButton href="/chat" variant="secondary" onClick={goUp}>
            {t('toList')}
          </LinkButton>
        }
        className="flex-1"
      >
        {t('notFoundBody')}
      </EmptyState>
    </>
  );
}

function ConversationFailed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('chat.pane');
  const tCommon = useTranslations('common');
  return (
    <>
      <div className="p-1">
        <BackLink className="md:hidden" />
      </div>
      <EmptyState
        art={<OfflineArt />}
        title={t('failedTitle')}
        level={1}
        action={<Button onClick={onRetry}>{tCommon('retry')}</Button>}
        className="flex-1"
      >
        {t('failedBody')}
      </EmptyState>
    </>
  );
}
