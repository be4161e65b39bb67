import Link from 'next/link';
import { EmailPreferenceForm } from '#components/settings/email-preference-form.tsx';
import { SettingsPage } from '#components/settings/settings-page.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { findMailTrouble } from '#lib/auth/accounts/mail-trouble.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getT } from '#lib/i18n/server.ts';
import { chooseEmailPreference } from '../actions.ts';
import { makeMetadata } from '../make-metadata.ts';

export const generateMetadata = () => makeMetadata('notifications');

/** How new messages reach the person outside the product. */
export default async function NotificationsPage() {
  const user = await requireUser();
  const t = await getT('settings');
  const tMail = await getT('chat');
  const trouble = findMailTrouble(user);
  return (
    <SettingsPage title={t('pages.notifications')}>
      {trouble && (
        <Banner
          tone={trouble === 'bounced' ? 'warning' : 'info'}
          className="mb-6"
          action={
            <Link
              href="/settings/account"
              data-replaces
              className="inline-flex min-h-11 shrink-0 items-center font-semibold underline underline-offset-4"
            >
              {t('pages.account')}
            </Link>
          }
        >
          {tMail(`mail.${trouble}`)}
        </Banner>
      )}
      <EmailPreferenceForm action={chooseEmailPreference} preference={user.emailPreference} />
    </SettingsPage>
  );
}
