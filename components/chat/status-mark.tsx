'use client';

import { Check, CheckCheck, CircleAlert, Clock } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { MessageStatus } from '#lib/chat-client/types.ts';

const marks = {
  sending: { icon: Clock, look: 'text-muted' },
  sent: { icon: Check, look: 'text-muted' },
  delivered: { icon: CheckCheck, look: 'text-muted' },
  read: { icon: CheckCheck, look: 'text-celadon' },
  failed: { icon: CircleAlert, look: 'text-danger' },
} as const;

/** How far one's own message has come: a mark for the eye, a word for a screen reader. */
export function StatusMark({ status }: { status: MessageStatus }) {
  const t = useTranslations('chat.status');
  const { icon, look } = marks[status];
  return (
    <span className={look} title={t(status)}>
      <Icon of={icon} className="size-4" />
      <span className="sr-only">{t(status)}</span>
    </span>
  );
}
