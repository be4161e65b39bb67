'use client';

import { BellOff } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';

/** Says that a conversation is muted: a small bell for the eye, a word for a screen reader. */
export function MutedMark() {
  const label = useTranslations('chat.list')('muted');
  return (
    <span title={label} className="shrink-0 text-muted">
      <Icon of={BellOff} className="size-3.5" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
