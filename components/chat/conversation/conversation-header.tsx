'use client';

import { Ban, Bell, BellOff, EllipsisVertical, Search, Undo2 } from 'lucide';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '#components/ui/avatar.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Menu, MenuItem, MenuLink } from '#components/ui/menu.tsx';
import type { PartnerPresence } from '#lib/chat-client/index.ts';
import { BackLink } from '../frame/back-link.tsx';
import { MutedMark } from '../list/muted-mark.tsx';
import { Name } from '../name.tsx';
import { PresenceLine } from './presence-line.tsx';

type Props = {
  conversationId: string;
  partnerId: string;
  partnerName: string;
  blocked: boolean;
  muted: boolean;
  presence: PartnerPresence | null;
  isTyping: boolean;
  onBlock: () => void;
  onUnblock: () => void;
  onMute: (muted: boolean) => void;
};

/** Whom one talks with, and what one can do about it. */
export const ConversationHeader = memo(function ConversationHeader(props: Props) {
  const { conversationId, partnerId, partnerName, blocked, muted } = props;
  const { presence, isTyping, onBlock, onUnblock, onMute } = props;
  const t = useTranslations('chat.header');
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line pr-2 pl-1 md:h-15 md:pr-3 md:pl-5">
      <BackLink className="md:hidden" />
      <Avatar userId={partnerId} name={partnerName} size="sm" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-1.5">
          <h1 className="truncate text-base leading-tight font-semibold">
            <Name>{partnerName}</Name>
          </h1>
          {muted && <MutedMark />}
        </div>
        <PresenceLine presence={blocked ? null : presence} isTyping={isTyping && !blocked} />
      </div>
      <Menu label={t('menu')} icon={<Icon of={EllipsisVertical} />}>
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
      </Menu>
    </header>
  );
});
