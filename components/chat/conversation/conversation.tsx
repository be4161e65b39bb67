'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { PickConversationArt } from '#components/ui/art/pick-conversation.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { usePart } from '#components/ui/use-part.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import type { ConversationView } from '#lib/chat-client/index.ts';
import { Composer } from '../composer/composer.tsx';
import type { Asked } from '../message/asked.ts';
import { Name } from '../name.tsx';
import { useSelection } from '../selection/use-selection.ts';
import { Timeline, type TimelineHandle } from '../timeline/timeline.tsx';
import { startScript } from '../timeline/timeline-start.ts';
import { useUnreadLine } from '../timeline/use-unread-line.ts';
import { BlockedNotice } from './blocked-notice.tsx';
import type { ConversationActions } from './conversation-actions.ts';
import { onShowEnd } from './conversation-end.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { PinBar } from './pin-bar.tsx';
import { useBlocking } from './use-blocking.ts';
import { useClear } from './use-clear.ts';
import { useMuting } from './use-muting.ts';

type Props = {
  entry: ConversationEntry;
  view: ConversationView;
  targetSeq: number | null;
  actions: ConversationActions;
  nonce: string | undefined;
};

const loadActing = () => import('../acting/acting-layer.tsx').then((part) => part.ActingLayer);
const loadClearDialog = () => import('./clear-dialog.tsx').then((part) => part.ClearDialog);
const loadBlockDialog = () => import('./block-dialog.tsx').then((part) => part.BlockDialog);

/** An open conversation: who it is with, what was said, and the place to say more. */
export function Conversation({ entry, view, targetSeq, actions, nonce }: Props) {
  const { conversationId, partner, blocked } = entry;
  const blocking = useBlocking(conversationId, actions.setBlocked);
  const muting = useMuting(conversationId, actions.setMuted);
  const [asked, setAsked] = useState<Asked | null>(null);
  const Acting = usePart(loadActing, asked !== null);
  const [isClearing, setIsClearing] = useState(false);
  const BlockDialog = usePart(loadBlockDialog, blocking.isAsking);
  const root = useRef<HTMLDivElement>(null);
  const timeline = useRef<TimelineHandle>(null);
  const isHydrated = useHydrated();
  // A stream of messages draws the timeline again and again, and nothing around it.
  const toEnd = useCallback(() => timeline.current?.toEnd(), []);
  useEffect(() => onShowEnd(conversationId, toEnd), [conversationId, toEnd]);
  const { ask, change } = blocking;
  const onClear = useCallback(() => setIsClearing(true), []);
  const onUnblock = useCallback(() => change(false), [change]);
  // Here, not in the timeline: a conversation that fills before one's eyes has nothing unread.
  const line = useUnreadLine(view);
  const selecting = useSelection(view.items);
  const isEmpty = view.items.length === 0 && !view.hasBefore && !view.hasAfter;
  return (
    <div ref={root} className="flex min-h-0 flex-1 flex-col">
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
        onClear={onClear}
      />
      <PinBar root={root} pins={view.pins} partner={partner} onAsk={setAsked} />
      {muting.hasFailed && <MuteFailed onDismiss={muting.dismiss} />}
      {isEmpty ? (
        <EmptyConversation name={partner.username} />
      ) : (
        <Timeline
          ref={timeline}
          conversationId={conversationId}
          view={view}
          partnerName={partner.username}
          targetSeq={targetSeq}
          line={line}
          selecting={selecting}
          onAsk={setAsked}
        />
      )}
      {Acting && (
        <Acting
          root={root}
          timeline={timeline}
          entry={entry}
          view={view}
          asked={asked}
          onAsk={setAsked}
          selecting={selecting}
          actions={actions}
        />
      )}
      <NoScript />
      {blocked ? (
        !selecting.selection && <BlockedNotice name={partner.username} blocking={blocking} />
      ) : (
        <Composer conversationId={conversationId} isHidden={selecting.selection !== null} onSent={toEnd} />
      )}
      {!isHydrated && <StartScript nonce={nonce} />}
      {BlockDialog && <BlockDialog name={partner.username} blocking={blocking} />}
      <Clearing
        conversationId={conversationId}
        name={partner.username}
        isAsking={isClearing}
        onDone={() => setIsClearing(false)}
      />
    </div>
  );
}

type ClearingProps = { conversationId: string; name: string; isAsking: boolean; onDone: () => void };

/** Deleting the conversation for the viewer, after a question. */
function Clearing({ conversationId, name, isAsking, onDone }: ClearingProps) {
  const clear = useClear();
  const ClearDialog = usePart(loadClearDialog, isAsking);
  if (!ClearDialog) return null;
  return (
    <ClearDialog
      name={isAsking ? name : null}
      onCancel={onDone}
      onConfirm={() => {
        onDone();
        clear(conversationId);
      }}
    />
  );
}

/** Scrolls the page that the server drew before React takes it over. */
function StartScript({ nonce }: { nonce: string | undefined }) {
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, no input.
      dangerouslySetInnerHTML={{ __html: startScript }}
    />
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

function NoScript() {
  const t = useTranslations('chat.pane');
  return (
    <noscript>
      <div className="shrink-0 px-3 pb-5 sm:px-5">
        <Banner tone="warning" className="mx-auto max-w-170">
          {t('noScript')}
        </Banner>
      </div>
    </noscript>
  );
}

function EmptyConversation({ name }: { name: string }) {
  const t = useTranslations('chat');
  return (
    <div role="log" aria-label={t('timeline.label')} className="flex min-h-0 flex-1 overflow-y-auto">
      <EmptyState
        art={<PickConversationArt />}
        title={t.rich('pane.emptyTitle', { name: () => <Name>{name}</Name> })}
        className="m-auto"
      >
        {t('pane.emptyBody')}
      </EmptyState>
    </div>
  );
}
