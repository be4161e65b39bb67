'use client';

import { useFormatter, useNow, useTranslations } from 'use-intl';
import type { PartnerPresence } from '#lib/chat-client/index.ts';

type Props = { presence: PartnerPresence | null; isTyping: boolean };

/** Under the partner's name: typing, here, or when last here; nothing while that is unknown. */
export function PresenceLine({ presence, isTyping }: Props) {
  const t = useTranslations('chat.header');
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  if (isTyping) return <p className="truncate text-xs text-celadon-ink">{t('typing')}</p>;
  if (presence?.online) {
    return (
      <p className="flex items-center gap-1.5 text-xs text-celadon-ink before:size-2 before:rounded-full before:bg-celadon before:forced-color-adjust-none">
        {t('online')}
      </p>
    );
  }
  if (!presence?.lastSeenAt) return null;
  const lastSeen = new Date(presence.lastSeenAt);
  const isJustNow = now.getTime() - lastSeen.getTime() < 60_000;
  return (
    <p className="truncate text-xs text-muted">
      {isJustNow ? t('lastSeenNow') : t('lastSeen', { ago: format.relativeTime(lastSeen, now) })}
    </p>
  );
}
