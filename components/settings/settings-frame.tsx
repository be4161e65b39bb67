'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { BackLink } from '#components/chat/frame/back-link.tsx';
import { usePageTurn } from '#components/chat/frame/page-turn.tsx';
import { PageLinks } from './page-links.tsx';
import { PageSkeleton } from './settings-skeleton.tsx';

/** The frame of the settings: header, the list of pages, the open page; `logOut` stands at the top right. */
export function SettingsFrame({ logOut, children }: { logOut: ReactNode; children: ReactNode }) {
  const t = useTranslations('settings');
  const pathname = usePathname();
  const { pendingPath } = usePageTurn();
  const isTurning = pendingPath?.startsWith('/settings/') ?? false;
  return (
    <div className="flex min-h-dvh flex-col pt-safe px-safe">
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-2 sm:px-4">
        <BackLink label={t('back')} />
        <p className="mr-auto text-lg font-semibold">{t('title')}</p>
        {logOut}
      </header>
      <div className="flex flex-1 flex-col md:flex-row">
        <PageLinks shownPath={isTurning ? pendingPath : pathname} />
        <main className="min-w-0 flex-1 px-5 pt-7 pb-safe sm:px-8 md:pt-10">
          <div className="mx-auto max-w-2xl pb-20">{isTurning ? <PageSkeleton /> : children}</div>
        </main>
      </div>
    </div>
  );
}
