'use client';

import { useCallback, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { PickRoomArt } from '#components/ui/art/pick-room.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import type { ConversationView } from '#lib/chat-client/index.ts';
import { BlockDialog, BlockedNotice } from './block-dialog.tsx';
import { Composer } from './composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { MessageDetailsDialog } from './message-details-dialog.tsx';
import type { RoomActions } from './room-actions.ts';
import { Timeline, type TimelineHandle } from './timeline.tsx';
import { startScript } from './timeline-start.ts';
import { useBlocking } from './use-blocking.ts';
import { useMessageDetails } from './use-message-details.ts';
import { useMuting } from './use-muting.ts';
import { useUnreadDivider } from './use-unread-divider.ts';

type Props = {
  entry: ConversationEntry;
  view: ConversationView;
  targetSeq: number | null;
  actions: RoomActions;
  nonce: string | undefined;
};

/** An open room: who it is with, what was said, and the place to say more. */
export function Room({ entry, view, targetSeq, actions, nonce }: Props) {
  const { conversationId, partner, blocked } = entry;
  const blocking = useBlocking(conversationId, actions.setBlocked);
  const muting = useMuting(conversationId, actions.setMuted);
  const details = useMessageDetails(conversationId, actions.readDetails);
  const timeline = useRef<TimelineHandle>(null);
  const isHydrated = useHydrated();
  // A stream of messages draws the timeline again and again, and nothing around it.
  const onSent = useCallback(() => timeline.current?.toNewest(), []);
  const { ask, change } = blocking;
  const onUnblock = useCallback(() => change(false), [change]);
  // Here, not in the timeline: a room that fills before one's eyes has nothing unread.
  const dividerSeq = useUnreadDivider(view);
  const isEmpty = view.messages.length === 0 && !view.hasBefore && !view.hasAfter;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ConversationHeader
        conversationId={conversationId}
        partnerId={partner.userId}
        partnerName={partner.username}
        blocked={blocked}
        muted={entry.muted}
        presence={view.partnerPresence}
        isTyping={view.isPartnerTyping}
        onBlock={ask}
        onUnblock={onUnblock}
        onMute={muting.change}
      />
      {muting.hasFailed && <MuteFailed onDismiss={muting.dismiss} />}
      {isEmpty ? (
        <EmptyRoom name={partner.username} />
      ) : (
        <Timeline
          ref={timeline}
          conversationId={conversationId}
          view={view}
          partnerName={partner.username}
          targetSeq={targetSeq}
          dividerSeq={dividerSeq}
          onDetails={details.open}
        />
      )}
      {blocked ? (
        <BlockedNotice name={partner.username} blocking={blocking} />
      ) : (
        <Composer conversationId={conversationId} onSent={onSent} />
      )}
      {!isHydrated && (
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, no input.
          dangerouslySetInnerHTML={{ __html: startScript }}
        />
      )}
      <BlockDialog name={partner.username} blocking={blocking} />
      <MessageDetailsDialog view={details.view} onClose={details.close} onRetry={details.open} />
    </div>
  );
}

function MuteFailed({ onDismiss }: { onDismiss: () => void }) {
  const t = useTranslations('chat.header');
  const tCommon = useTranslations('common');
  return (
    <Banner
      tone="danger"
      className="mx-3 mt-2"
      action={
        <Button variant="ghost" size="sm" onClick={onDismiss}>
          {tCommon('close')}
        </Button>
      }
    >
      {t('muteFailed')}
    </Banner>
  );
}

function EmptyRoom({ name }: { name: string }) {
  const t = useTranslations('chat');
  return (
    <div role="log" aria-label={t('timeline.label')} className="flex min-h-0 flex-1 overflow-y-auto">
      <EmptyState art={<PickRoomArt />} title={t('pane.emptyTitle', { name })} className="m-auto">
        {t('pane.emptyBody')}
      </EmptyState>
    </div>
  );
}
