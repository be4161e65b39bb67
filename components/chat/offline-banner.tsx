'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { useConnection, useWaitingCount } from '#lib/chat-client/index.ts';

/** Says that the connection is gone and how many messages wait for it. */
export function OfflineBanner() {
  const t = useTranslations('chat.offline');
  const connection = useConnection();
  const waiting = useWaitingCount();
  if (connection !== 'offline' && connection !== 'ended') return null;
  return (
    <Banner tone="warning" className="mx-2 mt-2 animate-fade">
      {connection === 'ended' ? t('ended') : waiting > 0 ? t('waiting', { count: waiting }) : t('plain')}
    </Banner>
  );
}
