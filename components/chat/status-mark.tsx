'use client';

import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { MessageStatus } from '#lib/chat-client/types.ts';

const marks = {
  sending: { Icon: Clock, look: 'text-muted' },
  sent: { Icon: Check, look: 'text-muted' },
  delivered: { Icon: CheckCheck, look: 'text-muted' },
  read: { Icon: CheckCheck, look: 'text-celadon' },
  failed: { Icon: CircleAlert, look: 'text-danger' },
} as const;

/** How far one's own message has come: a mark for the eye, a word for a screen reader. */
export function StatusMark({ status }: { status: MessageStatus }) {
  const t = useTranslations('chat.status');
  const { Icon, look } = marks[status];
  return (
    <span className={look} title={t(status)}>
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{t(status)}</span>
    </span>
  );
}
