'use client';

import { Pin } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';

/** Says that a message is pinned. */
export function PinnedMark({ id }: { id: string }) {
  const label = useTranslations('chat.pins')('mark');
  return (
    <span id={id} title={label}>
      <Icon of={Pin} className="size-3.5" />
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
}
