'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import type { FormState } from '#lib/auth/form-state.ts';
import { ResendForm } from './resend-form.tsx';

type Props = {
  isVerified: boolean;
  stopReason: 'bounced' | 'complained' | null;
  resendAction: () => Promise<FormState>;
  resumeAction: () => Promise<void>;
};

/** What keeps mail from the address, in plain words, and the way to mend it; nothing when all is well. */
export function MailStanding({ isVerified, stopReason, resendAction, resumeAction }: Props) {
  const t = useTranslations('settings.account');
  if (stopReason === 'complained') {
    return (
      <div className="mt-4 flex flex-col items-start gap-4">
        <Banner tone="info">{t('complained')}</Banner>
        <form action={resumeAction}>
          <Button type="submit" variant="secondary" size="sm">
            {t('resume')}
          </Button>
        </form>
      </div>
    );
  }
  if (stopReason === 'bounced') {
    return (
      <>
        <Banner tone="warning" className="mt-4">
          {t('bounced')}
        </Banner>
        <ResendForm action={resendAction} />
      </>
    );
  }
  return isVerified ? null : <ResendForm action={resendAction} />;
}
