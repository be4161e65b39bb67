import { cookies } from 'next/headers';
import { chooseLanguage } from '#app/(auth)/actions.ts';
import { LanguageForm } from '#components/auth/language-form.tsx';
import { ChangeEmailForm } from '#components/settings/change-email-form.tsx';
import { MailStanding } from '#components/settings/mail-standing.tsx';
import { SettingsPage } from '#components/settings/settings-page.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';
import { ThemeForm } from '#components/settings/theme-form.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { getT } from '#lib/i18n/server.ts';
import { showAddress } from '#lib/text/show-address.ts';
import { isTheme, THEME_COOKIE } from '#lib/theme.ts';
import { chooseTheme, resendVerification, resumeOwnMail, submitEmailChange } from '../actions.ts';
import { makeMetadata } from '../make-metadata.ts';

export const generateMetadata = () => makeMetadata('account');

/** The person's name and address, and how this browser shows the product. */
export default async function AccountPage() {
  const user = await requireUser();
  const t = await getT('settings');
  const tAuth = await getT('auth');
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <SettingsPage title={t('pages.account')}>
      <div className="flex items-start gap-4">
        <Avatar userId={user.userId} name={user.username} />
        <dl className="grid min-w-0 flex-1 gap-x-6 text-body sm:grid-cols-[auto_1fr] sm:gap-y-2">
          <dt className="text-muted max-sm:text-sm">{t('account.username')}</dt>
          <dd className="min-w-0 wrap-anywhere max-sm:mb-3">
            <bdi>{user.username}</bdi>
          </dd>
          <dt className="text-muted max-sm:text-sm">{t('account.email')}</dt>
          <dd className="min-w-0 wrap-anywhere">
            <bdi>{showAddress(user.email)}</bdi>
            <span className="block text-sm text-muted">
              {t(user.emailVerified ? 'account.verified' : 'account.unverified')}
            </span>
          </dd>
        </dl>
      </div>
      <MailStanding
        isVerified={user.emailVerified}
        stopReason={user.emailStopReason}
        resendAction={resendVerification}
        resumeAction={resumeOwnMail}
      />
      <SettingsSection title={t('display.title')}>
        <div className="grid gap-5 sm:grid-cols-2">
          <LanguageForm
            action={chooseLanguage}
            locale={user.locale}
            label={tAuth('language')}
            applyLabel={tAuth('applyLanguage')}
          />
          <ThemeForm action={chooseTheme} theme={isTheme(theme) ? theme : 'system'} />
        </div>
      </SettingsSection>
      <SettingsSection title={t('address.title')} lead={t('address.lead')}>
        <ChangeEmailForm action={submitEmailChange} username={user.username} />
      </SettingsSection>
    </SettingsPage>
  );
}
