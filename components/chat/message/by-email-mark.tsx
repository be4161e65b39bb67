'use client';

import { Mail } from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';

/** Says that a message was written as a reply to an e-mail. */
export function ByEmailMark() {
  const t = useTranslations('chat.timeline');
  return (
    <span className="inline-flex items-center gap-1">
      <Icon of={Mail} className="size-3.5" />
      {t('byEmail')}
    </span>
  );
}
