'use client';

import { Check, CheckCheck, CircleAlert, Clock } from 'lucide';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { MessageStatus } from '#lib/chat-client/views/view.ts';

const marks = {
  sending: { icon: Clock, look: 'text-muted' },
  sent: { icon: Check, look: 'text-muted' },
  delivered: { icon: CheckCheck, look: 'text-muted' },
  // Filled, so that it differs from the one before by more than its hue.
  read: { icon: CheckCheck, look: 'rounded-full bg-celadon text-on-celadon' },
  failed: { icon: CircleAlert, look: 'text-danger' },
} as const;

/** How far one's own message has come: a mark for the eye, a word for a screen reader. */
export function StatusMark({ id, status }: { id?: string; status: MessageStatus }) {
  const t = useTranslations('chat.status');
  const { icon, look } = marks[status];
  return (
    <span id={id} className={look} title={t(status)}>
      <Icon of={icon} className={cn('size-4', status === 'read' && 'p-0.5')} />
      <span className="sr-only">{t(status)}</span>
    </span>
  );
}
