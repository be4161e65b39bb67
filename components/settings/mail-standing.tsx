'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import type { FormAction } from '#lib/auth/forms/form-state.ts';
import { ResendForm } from './resend-form.tsx';
import { ResumeForm } from './resume-form.tsx';

type Props = {
  isVerified: boolean;
  stopReason: 'bounced' | 'complained' | null;
  resendAction: FormAction;
  resumeAction: FormAction;
};

/** What keeps mail from the address, in plain words, and the way to mend it; nothing when all is well. */
export function MailStanding({ isVerified, stopReason, resendAction, resumeAction }: Props) {
  const t = useTranslations('settings.account');
  if (stopReason === 'complained') {
    return (
      <div className="mt-4 flex flex-col items-start gap-4">
        <Banner tone="info">{t('complained')}</Banner>
        <ResumeForm action={resumeAction} />
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
