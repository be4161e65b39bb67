'use client';

import { Star } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';

/** Says that the viewer has starred a message: a small star for the eye, a word for a screen reader. */
export function StarMark({ id }: { id: string }) {
  const label = useTranslations('chat.act')('starred');
  return (
    <span id={id} title={label}>
      <Icon of={Star} className="size-3.5 fill-current" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
