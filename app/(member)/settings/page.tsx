import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { chooseLanguage } from '#app/(auth)/actions.ts';
import { LanguageForm } from '#components/auth/language-form.tsx';
import { ChangeEmailForm } from '#components/settings/change-email-form.tsx';
import { ChangePasswordForm } from '#components/settings/change-password-form.tsx';
import { EmailPreferenceForm } from '#components/settings/email-preference-form.tsx';
import { MailStanding } from '#components/settings/mail-standing.tsx';
import { SessionList } from '#components/settings/session-list.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';
import { ThemeForm } from '#components/settings/theme-form.tsx';
import { requireUser } from '#lib/auth/current-user.ts';
import { listSessions } from '#lib/auth/list-sessions.ts';
import { getT } from '#lib/i18n/server.ts';
import { isTheme, THEME_COOKIE } from '#lib/theme.ts';
import {
  chooseEmailPreference,
  chooseTheme,
  endSession,
  resendVerification,
  resumeOwnMail,
  submitEmailChange,
  submitPasswordChange,
} from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getT('settings'))('title') };
}

export default async function SettingsPage() {
  const user = await requireUser();
  const t = await getT('settings');
  const tAuth = await getT('auth');
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <SettingsSection title={t('account.title')}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-body">
          <dt className="text-muted">{t('account.username')}</dt>
          <dd className="min-w-0 wrap-anywhere">{user.username}</dd>
          <dt className="text-muted">{t('account.email')}</dt>
          <dd className="min-w-0 wrap-anywhere">
            {user.email}
            <span className="block text-sm text-muted">
              {t(user.emailVerified ? 'account.verified' : 'account.unverified')}
            </span>
          </dd>
        </dl>
        <MailStanding
          isVerified={user.emailVerified}
          stopReason={user.emailStopReason}
          resendAction={resendVerification}
          resumeAction={resumeOwnMail}
        />
      </SettingsSection>
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
      <SettingsSection title={t('notifications.title')}>
        <EmailPreferenceForm action={chooseEmailPreference} preference={user.emailPreference} />
      </SettingsSection>
      <SettingsSection title={t('address.title')} lead={t('address.lead')}>
        <ChangeEmailForm action={submitEmailChange} username={user.username} />
      </SettingsSection>
      <SettingsSection title={t('password.title')} lead={t('password.lead')}>
        <ChangePasswordForm action={submitPasswordChange} username={user.username} />
      </SettingsSection>
      <SettingsSection title={t('sessions.title')}>
        <SessionList sessions={await listSessions(user)} action={endSession} />
      </SettingsSection>
    </>
  );
}
