'use client';

import { memo, type RefObject, useEffect, useRef } from 'react';
import { keepFocusBeside } from '#components/ui/keep-focus-beside.ts';
import { usePart } from '#components/ui/use-part.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import type { ConversationView } from '#lib/chat-client/index.ts';
import type { ConversationActions } from '../conversation/conversation-actions.ts';
import type { Asked } from '../message/asked.ts';
import type { Selecting } from '../selection/use-selection.ts';
import type { TimelineHandle } from '../timeline/timeline.tsx';
import { DetailsDialog } from './details/details-dialog.tsx';
import { ForwardedStatus } from './forward/forwarded-status.tsx';
import { useForwarding } from './forward/use-forwarding.ts';
import { SwipeSign } from './gestures/swipe-sign.tsx';
import { useTouchGestures } from './gestures/use-touch-gestures.ts';
import { AskedMenu } from './menu/asked-menu.tsx';
import { readItemKey } from './menu/message-box.ts';
import { useMessageMenu } from './menu/use-message-menu.ts';
import { DeleteDialog } from './outcome/delete-dialog.tsx';
import { OutcomeStatus } from './outcome/outcome-status.tsx';
import { StatusStack } from './outcome/status-stack.tsx';
import { useDeletion } from './outcome/use-deletion.ts';
import { PinsDialog } from './pins/pins-dialog.tsx';
import { QuickActions } from './quick-actions.tsx';
import { ReactionAnnouncer } from './reactions/reaction-announcer.tsx';
import { SelectedMessages } from './selected/selected-messages.tsx';
import { useJumps } from './use-jumps.ts';
import { useQuickArticle } from './use-quick-article.ts';
import { WayBack } from './way-back.tsx';

type Props = {
  /** What holds the timeline and the composer. */
  root: RefObject<HTMLElement | null>;
  timeline: RefObject<TimelineHandle | null>;
  entry: ConversationEntry;
  view: ConversationView;
  asked: Asked | null;
  onAsk: (asked: Asked | null) => void;
  selecting: Selecting;
  actions: ConversationActions;
};

const loadForward = () => import('./forward/forward-dialog.tsx').then((part) => part.ForwardDialog);

/**
 * What people do with messages: menus, gestures, dialogs, and what is said afterwards. None of it is in the first paint
 * of a page; it is loaded when the page is idle, or wanted.
 */
export const ActingLayer = memo(function ActingLayer(props: Props) {
  const { root, timeline, entry, view, asked, onAsk, selecting, actions } = props;
  const { readDetails, findPeople, startChat } = actions;
  const { conversationId, partner } = entry;
  const deletion = useDeletion(conversationId, (seqs) => {
    const articles = root.current?.querySelectorAll<HTMLElement>('[role=log] article') ?? [];
    keepFocusBeside(articles, ({ dataset }) => seqs.includes(Number(dataset.seq)));
    selecting.end();
  });
  const forwarding = useForwarding({ conversationId, startChat, onSent: selecting.end });
  const ForwardDialog = usePart(loadForward, forwarding.seqs !== null);
  const { getChoices, copy, copied, viewerId } = useMessageMenu({
    entry,
    focusComposer: () => root.current?.querySelector('textarea')?.focus(),
    onDetails: (seq) => onAsk({ what: 'details', seq }),
    onRemove: deletion.ask,
    onForward: forwarding.ask,
    onSelect: selecting.start,
  });
  const choicesAt = (article: Element) => {
    const key = readItemKey(article);
    const item = view.items.find((other) => other.key === key);
    return item && getChoices(item);
  };
  const back = useJumps({ root, timeline, asked, onAsk });
  // A modal would stand before what is said of a refused unpin.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only as a notice comes.
  useEffect(() => {
    if (view.notice && asked?.what === 'pins') onAsk(null);
  }, [view.notice]);
  const sign = useRef<HTMLDivElement>(null);
  useTouchGestures({
    root,
    sign,
    onHold(article) {
      const key = readItemKey(article);
      if (key && choicesAt(article)) onAsk({ what: 'menu', key, anchor: article, by: 'touch' });
    },
    onReply: (article) => choicesAt(article)?.reply?.(),
  });
  const quick = useQuickArticle(root);
  const quickReply = quick && choicesAt(quick.article)?.reply;
  const detailed = asked?.what === 'details' ? view.items.find(({ seq }) => seq === asked.seq) : null;
  // Of a message that is deleted meanwhile nothing stays open.
  const details = detailed?.kind === 'stored' ? detailed : null;

  return (
    <>
      <div className="relative">
        <AskedMenu
          asked={asked}
          onAsk={onAsk}
          items={view.items}
          viewerId={viewerId}
          getChoices={getChoices}
        />
        {quick && quickReply && <QuickActions quick={quick} onReply={quickReply} onAsk={onAsk} />}
        <SwipeSign ref={sign} />
        <DeleteDialog conversationId={conversationId} readDetails={readDetails} deletion={deletion} />
        <DetailsDialog
          conversationId={conversationId}
          item={details}
          readDetails={readDetails}
          onClose={() => onAsk(null)}
        />
        <PinsDialog
          root={root}
          entry={entry}
          pins={view.pins}
          isOpen={asked?.what === 'pins'}
          onAsk={onAsk}
        />
        <ReactionAnnouncer items={view.items} partner={partner} />
        <StatusStack>
          {back && <WayBack {...back} />}
          <OutcomeStatus
            root={root}
            conversationId={conversationId}
            notice={view.notice}
            copied={copied}
            deletion={deletion}
          />
          <ForwardedStatus root={root} conversationId={conversationId} forwarding={forwarding} />
        </StatusStack>
        {ForwardDialog && <ForwardDialog forwarding={forwarding} findPeople={findPeople} />}
      </div>
      {selecting.selection && (
        <SelectedMessages
          root={root}
          items={view.items}
          selection={selecting.selection}
          onEnd={selecting.end}
          onCopy={copy}
          onForward={forwarding.ask}
          onDelete={deletion.ask}
        />
      )}
    </>
  );
});
