'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { useConnection, useWaitingCount } from '#lib/chat-client/index.ts';
import { parseConversationId } from '../conversation/conversation-id.ts';

/**
 * Says why nothing comes or goes: the connection is gone (and how many messages wait for it), the session is over,
 * or the page is of another version than the server. Lies over the page, which stays where it is.
 */
export function OfflineBanner() {
  const t = useTranslations('chat.offline');
  const connection = useConnection();
  const waiting = useWaitingCount();
  const pathname = usePathname();
  const place = cn(
    'absolute inset-x-3 z-30 mx-auto max-w-lg shadow-float animate-fade md:left-83 lg:left-93',
    pickPlace(pathname),
  );
  switch (connection) {
    case 'connecting':
    case 'online':
      return null;
    case 'outdated':
      return (
        <Banner
          tone="info"
          className={place}
          action={
            <Button variant="secondary" size="sm" onClick={() => window.location.reload()}>
              {t('reload')}
            </Button>
          }
        >
          {t('outdated')}
        </Banner>
      );
    case 'offline':
      return <Warning place={place}>{waiting > 0 ? t('waiting', { count: waiting }) : t('plain')}</Warning>;
    case 'ended':
      return <Warning place={place}>{t('ended')}</Warning>;
  }
}

/** Presses go through it to the page below. */
function Warning({ place, children }: { place: string; children: string }) {
  return (
    <Banner tone="warning" className={cn('pointer-events-none', place)}>
      {children}
    </Banner>
  );
}

/** Below what is used without a connection: a conversation's header, a search field. */
function pickPlace(pathname: string): string {
  // In a list the newest rows stand on top.
  if (pathname === '/chat') return 'max-md:bottom-4 md:top-2';
  return parseConversationId(pathname) ? 'top-16 md:top-17' : 'top-31 md:top-32';
}
