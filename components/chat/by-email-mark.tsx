'use client';

import { Mail } from 'lucide-react';
import { useTranslations } from 'use-intl';

/** Says that a message was written as a reply to an e-mail. */
export function ByEmailMark() {
  const t = useTranslations('chat.timeline');
  return (
    <span className="inline-flex items-center gap-1">
      <Mail aria-hidden className="size-3.5" />
      {t('byEmail')}
    </span>
  );
}
