'use client';

import { Ban, Bell, BellOff, Search, Trash2, Undo2 } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { MenuItem, MenuLink, MenuList } from '#components/ui/menu-list.tsx';
import type { MenuListOptions } from '#components/ui/use-menu-list.ts';

type Props = MenuListOptions & {
  conversationId: string;
  blocked: boolean;
  muted: boolean;
  onBlock: () => void;
  onUnblock: () => void;
  onMute: (muted: boolean) => void;
  onClear: () => void;
};

/** What can be done about a conversation. */
export function ConversationMenu(props: Props) {
  const { conversationId, blocked, muted, onBlock, onUnblock, onMute, onClear, ...list } = props;
  const t = useTranslations('chat.header');
  return (
    <MenuList {...list} label={t('menu')} className="absolute top-full right-0 mt-1">
      <MenuLink href={`/search?in=${conversationId}`} icon={<Icon of={Search} />}>
        {t('search')}
      </MenuLink>
      <MenuItem onSelect={() => onMute(!muted)} icon={muted ? <Icon of={Bell} /> : <Icon of={BellOff} />}>
        {t(muted ? 'unmute' : 'mute')}
      </MenuItem>
      {blocked ? (
        <MenuItem onSelect={onUnblock} icon={<Icon of={Undo2} />}>
          {t('unblock')}
        </MenuItem>
      ) : (
        <MenuItem onSelect={onBlock} icon={<Icon of={Ban} />} tone="danger">
          {t('block')}
        </MenuItem>
      )}
      <MenuItem onSelect={onClear} icon={<Icon of={Trash2} />} tone="danger">
        {t('delete')}
      </MenuItem>
    </MenuList>
  );
}
