'use client';

import { PenLine, Search, Settings, Star } from 'lucide';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { IconLink } from '#components/ui/icon-link.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { useFollowLink } from '../conversation/use-current-conversation.ts';

/** The top of the chat: home, and the ways to everything else. `logOut` stands last, at the right. */
export function ChatHeader({ logOut }: { logOut: ReactNode }) {
  const t = useTranslations('chat.list');
  const tCommon = useTranslations('common');
  const followLink = useFollowLink();
  const pathname = usePathname();
  const currentOn = (path: string) => (path === pathname ? 'page' : undefined);
  return (
    <header className="flex h-14 shrink-0 items-center gap-0.5 border-b border-line px-2 sm:gap-1 sm:px-4">
      <Link
        href="/chat"
        onClick={followLink}
        className="mr-auto flex min-h-11 items-center gap-2 rounded-control px-2 text-lg font-semibold active:bg-press"
      >
        <Mark className="size-7" />
        <span className="max-[22rem]:sr-only">{tCommon('appName')}</span>
      </Link>
      <LinkButton href="/chat/new" size="narrow" title={t('newMessage')}>
        <Icon of={PenLine} className="size-4.5" />
        <span className="max-sm:sr-only">{t('newMessage')}</span>
      </LinkButton>
      <IconLink href="/search" label={t('search')} aria-current={currentOn('/search')}>
        <Icon of={Search} />
      </IconLink>
      <IconLink href="/starred" label={t('starred')} aria-current={currentOn('/starred')}>
        <Icon of={Star} />
      </IconLink>
      <IconLink href="/settings/account" label={t('settings')}>
        <Icon of={Settings} />
      </IconLink>
      <span aria-hidden className="mx-1 h-5 w-px bg-line" />
      <div>{logOut}</div>
    </header>
  );
}
