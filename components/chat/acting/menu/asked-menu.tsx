'use client';

import { useEffect, useRef } from 'react';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import type { Asked } from '../../message/asked.ts';
import { MessageMenu } from './message-menu.tsx';
import type { MenuChoices } from './message-menu-items.tsx';
import { useReturnFocus } from './use-return-focus.ts';

type Props = {
  asked: Asked | null;
  onAsk: (asked: null) => void;
  items: readonly TimelineItem[];
  viewerId: string;
  getChoices: (item: TimelineItem) => MenuChoices;
};

/** The menu that was asked for, as long as its message is there. */
export function AskedMenu({ asked, onAsk, items, viewerId, getChoices }: Props) {
  const menu = asked && 'key' in asked ? asked : null;
  const item = menu && items.find(({ key }) => key === menu.key);
  const isDeleted = item?.kind === 'deleted';
  // Of one that is deleted under its open menu other things can be done than what a finger is on its way to.
  const first = useRef({ asked, isDeleted });
  if (first.current.asked !== asked) first.current = { asked, isDeleted };
  const isGone = menu !== null && (!item || isDeleted !== first.current.isDeleted);
  const returnFocus = useReturnFocus(asked);
  useEffect(() => {
    if (isGone) onAsk(null);
  }, [isGone, onAsk]);
  if (!menu || !item || isGone) return null;
  return (
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
  );
}
