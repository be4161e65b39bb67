'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';

/** What keeps mail from the viewer's address. */
export type MailTrouble = 'unverified' | 'bounced' | 'complained';

/** One calm line above the list about what keeps mail from reaching the viewer, and where to mend it. */
export function MailBanner({ trouble }: { trouble: MailTrouble }) {
  const t = useTranslations('chat.mail');
  return (
    <Banner
      tone={trouble === 'bounced' ? 'warning' : 'info'}
      className="mx-2 mt-2"
      action={
        <Link
          href="/settings/account"
          className="inline-flex min-h-11 shrink-0 items-center font-semibold underline underline-offset-4"
        >
          {t('mend')}
        </Link>
      }
    >
      {t(trouble)}
    </Banner>
  );
}
