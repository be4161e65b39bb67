'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { useKeyboardFit } from '../composer/use-keyboard-fit.ts';
import type { ConversationActions } from '../conversation/conversation-actions.ts';
import { useKeptFocus } from '../conversation/use-kept-focus.ts';
import { ConversationList } from '../list/conversation-list.tsx';
import { ChatHeader } from './app-header.tsx';
import { MailBanner, type MailTrouble } from './mail-banner.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { usePageTurn } from './page-turn.tsx';
import { PendingPage } from './pending-page.tsx';

type Props = {
  logOut: ReactNode;
  mailTrouble: MailTrouble | null;
  setMuted: ConversationActions['setMuted'];
  children: ReactNode;
};

/** The frame of the chat: header, list and the open page; on a phone the list or the page. */
export function ChatShell({ logOut, mailTrouble, setMuted, children }: Props) {
  const t = useTranslations('chat.list');
  const pathname = usePathname();
  const { pendingPath } = usePageTurn();
  const isTurning = pendingPath !== null && !pendingPath.startsWith('/settings');
  const shownPath = isTurning ? pendingPath : pathname;
  const isList = shownPath === '/chat';
  const hasMoved = useHasMoved(shownPath);
  const frame = useRef<HTMLDivElement>(null);
  useKeyboardFit(frame);
  useKeptFocus(pathname);

  return (
    <div ref={frame} className="flex h-dvh flex-col overflow-hidden bg-paper pt-safe px-safe">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-raised focus:px-4 focus:py-3 focus:shadow-float"
      >
        {t('skip')}
      </a>
      <div className={cn('contents', !isList && 'max-md:hidden')}>
        <ChatHeader logOut={logOut} />
      </div>
      <main className="relative flex min-h-0 flex-1">
        <nav
          aria-label={t('label')}
          className={cn(
            'relative w-full shrink-0 overflow-y-auto overscroll-contain border-line pb-safe md:w-80 md:border-r lg:w-90',
            !isList && 'max-md:hidden',
          )}
        >
          {isList && <h1 className="sr-only md:hidden">{t('label')}</h1>}
          {mailTrouble && <MailBanner trouble={mailTrouble} />}
          <ConversationList setMuted={setMuted} />
        </nav>
        <div
          id="main"
          tabIndex={-1}
          className={cn(
            'relative flex min-w-0 flex-1 flex-col outline-hidden',
            isList && 'max-md:hidden',
            // A page slides in from where the finger sent it; the first one is simply there.
            hasMoved &&
              'max-md:transition-[translate,opacity] max-md:duration-160 max-md:starting:translate-x-8 max-md:starting:opacity-0',
          )}
        >
          {isTurning ? <PendingPage path={pendingPath} /> : children}
        </div>
        <OfflineBanner />
      </main>
    </div>
  );
}

/** True from the first change of page on. */
function useHasMoved(pathname: string): boolean {
  const [first, setFirst] = useState<string | null>(pathname);
  if (first !== null && first !== pathname) setFirst(null);
  return first === null;
}
