'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useConnection } from '#lib/chat-client/index.ts';

/** The way to take a message back that waits for the connection; nothing while there is one. */
export function WaitingNote({ onTakeBack }: { onTakeBack: () => void }) {
  const t = useTranslations('chat.waiting');
  if (useConnection() !== 'offline') return null;
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-1">
      <p className="text-sm text-muted break-keep">{t('note')}</p>
      <Button variant="ghost" size="sm" onClick={onTakeBack}>
        {t('takeBack')}
      </Button>
    </div>
  );
}
