'use client';

import { memo, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { UNDO_SECONDS } from '#lib/chat/sizes.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import { type ConversationView, useChat } from '#lib/chat-client/index.ts';
import type { ConversationActions } from '../conversation/conversation-actions.ts';
import type { Asked } from '../message/asked.ts';
import type { TimelineHandle } from '../timeline/timeline.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { DetailsDialog } from './details-dialog.tsx';
import { readItemKey } from './message-box.ts';
import { MessageMenu } from './message-menu.tsx';
import { NoticeLine } from './notice-line.tsx';
import { PassingStatus } from './passing-status.tsx';
import { QuickActions } from './quick-actions.tsx';
import { ReactionAnnouncer } from './reaction-announcer.tsx';
import { SwipeSign } from './swipe-sign.tsx';
import { useMessageMenu } from './use-message-menu.ts';
import { useQuickArticle } from './use-quick-article.ts';
import { useQuoteJump } from './use-quote-jump.ts';
import { useReturnFocus } from './use-return-focus.ts';
import { useTouchGestures } from './use-touch-gestures.ts';
import { WayBack } from './way-back.tsx';

/** How long it is said that a text was copied (ms). */
const COPIED_MS = 2_000;

type Props = {
  /** What holds the timeline and the composer. */
  root: RefObject<HTMLElement | null>;
  timeline: RefObject<TimelineHandle | null>;
  entry: ConversationEntry;
  view: ConversationView;
  asked: Asked | null;
  onAsk: (asked: Asked | null) => void;
  readDetails: ConversationActions['readDetails'];
};

/**
 * What people do with messages: menus, gestures, dialogs, and what is said afterwards. None of it is in the first paint
 * of a page; it is loaded when the page is idle, or wanted.
 */
export const ActingLayer = memo(function ActingLayer(props: Props) {
  const { root, timeline, entry, view, asked, onAsk, readDetails } = props;
  const { conversationId, partner, blocked } = entry;
  const t = useTranslations('chat');
  const chat = useChat();
  const [removing, setRemoving] = useState<number | null>(null);
  const [removed, setRemoved] = useState<number | null>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const viewerId = entry.cursors.find(({ userId }) => userId !== partner.userId)?.userId ?? '';
  const getItem = (key: string | undefined) => view.items.find((item) => item.key === key);

  const getChoices = useMessageMenu({
    conversationId,
    viewerId,
    isBlocked: blocked,
    focusComposer: () => root.current?.querySelector('textarea')?.focus(),
    onCopied: setCopied,
    onDetails: (seq) => onAsk({ what: 'details', seq }),
    onRemove: setRemoving,
  });
  const back = useQuoteJump({ root, timeline, asked, onAsk });
  const returnFocus = useReturnFocus(asked);
  const sign = useRef<HTMLDivElement>(null);
  const choicesAt = (article: Element) => {
    const item = getItem(readItemKey(article));
    return item && item.kind !== 'deleted' ? getChoices(item) : undefined;
  };
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
  const quickChoices = quick && choicesAt(quick.article);

  const menu = asked && 'key' in asked ? asked : null;
  const item = menu && getItem(menu.key);
  const isGone = menu !== null && (!item || item.kind === 'deleted');
  useEffect(() => {
    if (isGone) onAsk(null);
  }, [isGone, onAsk]);

  return (
    <div className="relative">
      {menu && item && !isGone && (
        <MessageMenu
          key={menu.key}
          item={item}
          viewerId={viewerId}
          asked={menu}
          choices={getChoices(item)}
          onClose={(isBack) => {
            if (isBack) returnFocus();
            onAsk(null);
          }}
        />
      )}
      {quick && quickChoices?.reply && (
        <QuickActions
          quick={quick}
          onReply={quickChoices.reply}
          onReact={({ left: x, bottom: y }, isByKey) => {
            const key = readItemKey(quick.article);
            // The button itself goes when the pointer leaves the message.
            const anchor = quick.article;
            if (key) onAsk({ what: 'react', key, anchor, by: isByKey ? 'keys' : 'mouse', at: { x, y } });
          }}
        />
      )}
      <SwipeSign ref={sign} />
      <DeleteDialog
        conversationId={conversationId}
        seq={removing}
        readDetails={readDetails}
        onCancel={() => setRemoving(null)}
        onDelete={(seq) => {
          setRemoving(null);
          setRemoved(seq);
          chat.deleteForBoth(conversationId, seq);
        }}
      />
      <DetailsDialog
        conversationId={conversationId}
        item={asked?.what === 'details' ? (view.items.find(({ seq }) => seq === asked.seq) ?? null) : null}
        readDetails={readDetails}
        onClose={() => onAsk(null)}
      />
      <ReactionAnnouncer items={view.items} partner={partner} />
      {back && <WayBack onClick={back} />}
      {view.notice && (
        <NoticeLine notice={view.notice} onDismiss={() => chat.dismissNotice(conversationId)} />
      )}
      {copied !== null && (
        <PassingStatus lasts={COPIED_MS} onOver={() => setCopied(null)}>
          {t(copied ? 'act.copied' : 'act.notCopied')}
        </PassingStatus>
      )}
      {removed !== null && (
        <PassingStatus
          key={removed}
          lasts={UNDO_SECONDS * 1000}
          onOver={() => setRemoved(null)}
          action={{
            label: t('delete.undo'),
            run() {
              setRemoved(null);
              chat.undelete(conversationId, removed);
            },
          }}
        >
          {t('delete.done')}
        </PassingStatus>
      )}
    </div>
  );
});
