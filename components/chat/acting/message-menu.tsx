'use client';

import { Copy, Info, Pencil, Reply, SmilePlus, Trash2 } from 'lucide';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { MenuItem, MenuList } from '#components/ui/menu-list.tsx';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import type { Asked } from '../message/asked.ts';
import { LiftedBubble } from './lifted-bubble.tsx';
import { findBubble, readBox } from './message-box.ts';
import { placeAround, placeBeside, readScreen } from './place-menu.ts';
import { ReactionBar } from './reaction-bar.tsx';
import { setPlace, usePlaced } from './use-placed.ts';

/** What is done with a message; absent is what cannot be done with this one. */
export type MenuChoices = {
  reply?: () => void;
  react?: (emoji: string, on: boolean) => void;
  copy: () => void;
  edit?: () => void;
  details?: () => void;
  remove?: () => void;
};

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
  useLeave({ owner, isReacting, onClose });
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
          {choices.reply && (
            <MenuItem onSelect={choices.reply} icon={<Icon of={Reply} />}>
              {t('reply')}
            </MenuItem>
          )}
          {choices.react && (
            <MenuItem staysOpen onSelect={() => setIsReacting(true)} icon={<Icon of={SmilePlus} />}>
              {t('react')}
            </MenuItem>
          )}
          <MenuItem onSelect={choices.copy} icon={<Icon of={Copy} />}>
            {t('copy')}
          </MenuItem>
          {choices.edit && (
            <MenuItem onSelect={choices.edit} icon={<Icon of={Pencil} />}>
              {t('edit')}
            </MenuItem>
          )}
          {choices.details && (
            <MenuItem onSelect={choices.details} icon={<Icon of={Info} />}>
              {t('details')}
            </MenuItem>
          )}
          {choices.remove && (
            <MenuItem onSelect={choices.remove} icon={<Icon of={Trash2} />} tone="danger">
              {t('delete')}
            </MenuItem>
          )}
        </MenuList>
      )}
    </div>,
    document.body,
  );
}

/** Says of the button that a menu came from that it is open. */
function useExpanded(anchor: HTMLElement): void {
  useEffect(() => {
    if (!anchor.hasAttribute('aria-expanded')) return;
    anchor.setAttribute('aria-expanded', 'true');
    return () => anchor.setAttribute('aria-expanded', 'false');
  }, [anchor]);
}

type Leaving = {
  owner: RefObject<HTMLElement | null>;
  isReacting: boolean;
  onClose: (isBack: boolean) => void;
};

/** Closes the bar, which has no list's own ways to close, at a press anywhere else. */
function useLeave({ owner, isReacting, onClose }: Leaving): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!isReacting) return;
    const leave = ({ target }: PointerEvent) => {
      if (!owner.current?.contains(target as Node)) close.current(false);
    };
    document.addEventListener('pointerdown', leave, true);
    return () => document.removeEventListener('pointerdown', leave, true);
  }, [isReacting, owner]);
}

type Parts = {
  owner: HTMLElement | null;
  bar: HTMLElement | null;
  asked: Props['asked'];
  isMine: boolean;
};

/** Puts the menu and the bar where they were asked for. */
function placeParts({ owner, bar, asked, isMine }: Parts): void {
  const menu = owner?.querySelector<HTMLElement>('[role=menu]') ?? null;
  const screen = readScreen();
  const { anchor, at, by } = asked;
  const bubble = findBubble(anchor);
  if (by === 'touch' && bubble) {
    const places = placeAround(readBox(bubble), measure(bar), measure(menu), screen, isMine);
    if (bar) setPlace(bar, places.bar);
    setPlace(menu, places.menu);
    return;
  }
  const shown = bar ?? menu;
  const box = at ? { left: at.x, right: at.x, top: at.y, bottom: at.y } : readBox(bubble ?? anchor);
  setPlace(shown, placeBeside(box, measure(shown), screen, isMine));
}

/** Its size without the limits of an earlier place. */
function measure(element: HTMLElement | null): { width: number; height: number } {
  if (!element) return { width: 0, height: 0 };
  element.style.maxHeight = '';
  return { width: element.offsetWidth, height: element.offsetHeight };
}
