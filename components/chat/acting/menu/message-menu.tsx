'use client';

import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl';
import { MenuList } from '#components/ui/menu-list.tsx';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import type { Asked } from '../../message/asked.ts';
import { ReactionBar } from '../reactions/reaction-bar.tsx';
import { LiftedBubble } from './lifted-bubble.tsx';
import { type MenuChoices, MessageMenuItems } from './message-menu-items.tsx';
import { placeParts } from './place-parts.ts';
import { useExpanded, useLeaveAside } from './use-menu-signs.ts';
import { usePlaced } from './use-placed.ts';

type Props = {
  item: TimelineItem;
  viewerId: string;
  asked: Extract<Asked, { key: string }>;
  choices: MenuChoices;
  /** `isBack` when the focus is to go back to where it was. */
  onClose: (isBack: boolean) => void;
};

/** The menu of a message with its bar of emoji: beside a pointer, or around the message that a finger holds. */
export function MessageMenu({ item, viewerId, asked, choices, onClose }: Props) {
  const t = useTranslations('chat.act');
  const owner = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const isTouch = asked.by === 'touch';
  const [isReacting, setIsReacting] = useState(asked.what === 'react');
  const hasBar = choices.react !== undefined && (isTouch || isReacting);
  const hasMenu = !isReacting;
  usePlaced(() => placeParts({ owner: owner.current, bar: bar.current, asked, isMine: item.isMine }), owner);
  useEffect(() => {
    if (isReacting) bar.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isReacting]);
  useLeaveAside({ owner, isListening: isReacting, onClose });
  useExpanded(asked.anchor);

  const chosen = (item.seq === null ? [] : (item.message.reactions ?? []))
    .filter(({ userIds }) => userIds.includes(viewerId))
    .map(({ emoji }) => emoji);
  return createPortal(
    <div ref={owner}>
      {isTouch && <LiftedBubble article={asked.anchor} onPress={() => onClose(true)} />}
      {hasBar && (
        <ReactionBar
          ref={bar}
          viewerId={viewerId}
          chosen={chosen}
          onChoose={(emoji, on) => {
            onClose(true);
            choices.react?.(emoji, on);
          }}
          onEscape={() => onClose(true)}
        />
      )}
      {hasMenu && (
        <MenuList
          label={t('menu')}
          entry={asked.by === 'keys' ? 'first' : 'list'}
          owner={owner}
          onClose={onClose}
          className="fixed overflow-y-auto overscroll-contain"
        >
          <MessageMenuItems choices={choices} onReact={() => setIsReacting(true)} />
        </MenuList>
      )}
    </div>,
    document.body,
  );
}
