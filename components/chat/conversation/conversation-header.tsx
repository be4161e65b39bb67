'use client';

import { EllipsisVertical } from 'lucide';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '#components/ui/avatar.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMenuButton } from '#components/ui/use-menu-button.ts';
import { usePart } from '#components/ui/use-part.ts';
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
  onClear: () => void;
};

const loadMenu = () => import('./conversation-menu.tsx').then((part) => part.ConversationMenu);

/** Whom one talks with, and what one can do about it. */
export const ConversationHeader = memo(function ConversationHeader(props: Props) {
  const { conversationId, partnerId, partnerName, blocked, muted } = props;
  const { presence, isTyping, onBlock, onUnblock, onMute, onClear } = props;
  const t = useTranslations('chat.header');
  const menu = useMenuButton();
  const Menu = usePart(loadMenu, menu.entry !== null);
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
      <div ref={menu.frame} className="relative">
        <IconButton label={t('menu')} {...menu.buttonProps}>
          <Icon of={EllipsisVertical} />
        </IconButton>
        {menu.entry && Menu && (
          <Menu
            entry={menu.entry}
            owner={menu.frame}
            onClose={menu.onClose}
            conversationId={conversationId}
            blocked={blocked}
            muted={muted}
            onBlock={onBlock}
            onUnblock={onUnblock}
            onMute={onMute}
            onClear={onClear}
          />
        )}
      </div>
    </header>
  );
});
