'use client';

import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl';
import { MenuList } from '#components/ui/menu-list.tsx';
import { usePart } from '#components/ui/use-part.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { useDismiss } from '../../emoji/use-dismiss.ts';
import type { Asked } from '../../message/asked.ts';
import { ReactionBar } from '../reactions/reaction-bar.tsx';
import { Lifted } from './lifted.tsx';
import { findBubble } from './message-box.ts';
import { type MenuChoices, MessageMenuItems } from './message-menu-items.tsx';
import { placeParts, placePicker } from './place-parts.ts';
import { useExpanded } from './use-menu-signs.ts';
import { usePlaced } from './use-placed.ts';

const loadPicker = () => import('../../emoji/picker/emoji-picker.tsx').then((part) => part.EmojiPicker);

type Props = {
  item: TimelineItem;
  viewerId: string;
  asked: Extract<Asked, { key: string }>;
  choices: MenuChoices;
  /** `isBack` when the focus is to go back to where it was. */
  onClose: (isBack: boolean) => void;
};

/** The menu of a message with its bar of emoji: beside a pointer, or around the message that a finger holds. All emoji take the place of both. */
export function MessageMenu({ item, viewerId, asked, choices, onClose }: Props) {
  const t = useTranslations('chat.act');
  const owner = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLDivElement>(null);
  const isTouch = asked.by === 'touch';
  const [shows, setShows] = useState<'menu' | 'bar' | 'picker'>(asked.what === 'react' ? 'bar' : 'menu');
  const hasBar = choices.react !== undefined && shows !== 'picker' && (isTouch || shows === 'bar');
  const Picker = usePart(loadPicker, shows === 'picker');
  usePlaced(() => {
    if (picker.current) placePicker(picker.current, asked, item.isMine);
    else placeParts({ owner: owner.current, bar: bar.current, asked, isMine: item.isMine });
  }, owner);
  useEffect(() => {
    if (shows === 'bar') bar.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [shows]);
  useDismiss({ owner, isListening: shows !== 'menu', onClose });
  useExpanded(asked.anchor);

  const chosen = (item.seq === null ? [] : (item.message.reactions ?? []))
    .filter(({ userIds }) => userIds.includes(viewerId))
    .map(({ emoji }) => emoji);
  const react = (emoji: string, on: boolean) => {
    onClose(true);
    choices.react?.(emoji, on);
  };
  return createPortal(
    <div ref={owner}>
      {isTouch && (
        <Lifted
          element={findBubble(asked.anchor)}
          frame={asked.anchor.closest('[role=log]')}
          className="rounded-bubble"
          onPress={() => onClose(true)}
        />
      )}
      {hasBar && (
        <ReactionBar
          ref={bar}
          viewerId={viewerId}
          chosen={chosen}
          onChoose={react}
          onMore={() => setShows('picker')}
          onEscape={() => onClose(true)}
        />
      )}
      {shows === 'picker' && Picker && (
        <Picker
          ref={picker}
          viewerId={viewerId}
          onChoose={(emoji) => react(emoji, !chosen.includes(emoji))}
          onClose={() => onClose(true)}
          className="fixed z-50 h-96 w-90 max-w-full overflow-clip rounded-card border shadow-float animate-rise max-sm:h-104 max-sm:w-full max-sm:rounded-b-none max-sm:pb-safe"
        />
      )}
      {shows === 'menu' && (
        <MenuList
          label={t('menu')}
          entry={asked.by === 'keys' ? 'first' : 'list'}
          owner={owner}
          onClose={onClose}
          className="fixed overflow-y-auto overscroll-contain"
        >
          <MessageMenuItems choices={choices} onReact={() => setShows('bar')} />
        </MenuList>
      )}
    </div>,
    document.body,
  );
}
