'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { LostArt } from '#components/ui/art/lost.tsx';
import { OfflineArt } from '#components/ui/art/offline.tsx';
import { PickRoomArt } from '#components/ui/art/pick-room.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import {
  type ConversationSeed,
  useChat,
  useConversation,
  useConversationList,
} from '#lib/chat-client/index.ts';
import { BackLink } from './conversation-header.tsx';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { Room } from './room.tsx';
import type { RoomActions } from './room-actions.ts';
import { useFollowLink, useRoom } from './use-room.ts';

type Props = {
  /** The room that the server rendered, if it rendered one. */
  initial?: ConversationSeed;
  /** The room that the server did not find. */
  missingId?: string;
  actions: RoomActions;
  /** Lets the script that positions the server's HTML run under the content security policy. */
  nonce?: string;
};

/** The right pane of the chat: the room that the address names, whichever page the server gave. */
export function ConversationPane(props: Props) {
  const { roomId, targetSeq } = useRoom();
  if (roomId === null) return <PickRoom />;
  return <RoomPane key={roomId} {...props} roomId={roomId} targetSeq={targetSeq} />;
}

type RoomPaneProps = Props & { roomId: string; targetSeq: number | null };

function RoomPane({ initial, missingId, actions, nonce, roomId, targetSeq }: RoomPaneProps) {
  const chat = useChat();
  const seed = initial?.entry.conversationId === roomId ? initial : undefined;
  const view = useConversation(roomId, seed);
  const isMissing = missingId === roomId;
  useEffect(() => {
    if (!isMissing) chat.open(roomId, seed);
  }, [chat, roomId, seed, isMissing]);

  if (isMissing || view.status === 'not_found') return <RoomMissing />;
  if (view.status === 'failed') return <RoomFailed onRetry={() => chat.open(roomId)} />;
  if (view.status === 'loading' || !view.entry) return <ConversationSkeleton entry={view.entry} />;
  return <Room entry={view.entry} view={view} targetSeq={targetSeq} actions={actions} nonce={nonce} />;
}

function PickRoom() {
  const t = useTranslations('chat.pane');
  // Beside an empty list, which says how to begin, there is nothing to choose.
  const isListEmpty = useConversationList().length === 0;
  if (isListEmpty) {
    return (
      <div className="flex flex-1 items-center justify-center">
        <h1 className="sr-only">{t('pickTitle')}</h1>
        <PickRoomArt />
      </div>
    );
  }
  return (
    <EmptyState art={<PickRoomArt />} title={t('pickTitle')} level={1} className="flex-1">
      {t('pickBody')}
    </EmptyState>
  );
}

function RoomMissing() {
  const t = useTranslations('chat.pane');
  const followLink = useFollowLink();
  return (
    <>
      <div className="p-1">
        <BackLink />
      </div>
      <EmptyState
        art={<LostArt />}
        title={t('notFoundTitle')}
        level={1}
        action={
          <LinkButton href="/chat" variant="secondary" onClick={followLink}>
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

function RoomFailed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('chat.pane');
  const tCommon = useTranslations('common');
  return (
    <>
      <div className="p-1">
        <BackLink />
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
