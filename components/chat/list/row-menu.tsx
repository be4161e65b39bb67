'use client';

import { Bell, BellOff, Trash2 } from 'lucide';
import { useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { MenuItem, MenuList } from '#components/ui/menu-list.tsx';
import { Lifted } from '../acting/menu/lifted.tsx';
import { readBox } from '../acting/menu/message-box.ts';
import { placeBeside, readScreen } from '../acting/menu/place-menu.ts';
import { measure } from '../acting/menu/place-parts.ts';
import { useExpanded } from '../acting/menu/use-menu-signs.ts';
import { setPlace, usePlaced } from '../acting/menu/use-placed.ts';
import type { AskedRow } from './asked-row.ts';

/** Kept free between a row that is held and its menu (pixels). */
const AIR_PX = 8;

type Props = {
  asked: AskedRow;
  muted: boolean;
  onMute: (muted: boolean) => void;
  onRemove: () => void;
  onClose: () => void;
};

/** The menu of a row: beside its button, or by the row that a finger holds. */
export function RowMenu({ asked: { anchor, by }, muted, onMute, onRemove, onClose }: Props) {
  const t = useTranslations('chat');
  const owner = useRef<HTMLDivElement>(null);
  usePlaced(() => {
    const menu = owner.current?.querySelector<HTMLElement>('[role=menu]') ?? null;
    const box = readBox(anchor);
    const around = by === 'touch' ? { ...box, top: box.top - AIR_PX, bottom: box.bottom + AIR_PX } : box;
    setPlace(menu, placeBeside(around, measure(menu), readScreen(), true));
  }, owner);
  useExpanded(anchor);
  const close = (isBack: boolean) => {
    if (isBack) anchor.focus({ preventScroll: true, focusVisible: by === 'keys' });
    onClose();
  };
  return createPortal(
    <div ref={owner}>
      {by === 'touch' && (
        <Lifted
          element={anchor}
          frame={anchor.closest('nav')}
          className="rounded-control"
          onPress={() => close(true)}
        />
      )}
      <MenuList
        label={t('list.rowMenu')}
        entry={by === 'keys' ? 'first' : 'list'}
        owner={owner}
        onClose={close}
        className="fixed overflow-y-auto overscroll-contain"
      >
        <MenuItem onSelect={() => onMute(!muted)} icon={<Icon of={muted ? Bell : BellOff} />}>
          {t(muted ? 'header.unmute' : 'header.mute')}
        </MenuItem>
        <MenuItem onSelect={onRemove} icon={<Icon of={Trash2} />} tone="danger">
          {t('header.delete')}
        </MenuItem>
      </MenuList>
    </div>,
    // Rows clip what is in them; the list does not.
    anchor.closest('nav') ?? document.body,
  );
}
