import { ChangePasswordForm } from '#components/settings/change-password-form.tsx';
import { SessionList } from '#components/settings/session-list.tsx';
import { SettingsPage } from '#components/settings/settings-page.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { listSessions } from '#lib/auth/sessions/list-sessions.ts';
import { getT } from '#lib/i18n/server.ts';
import { endSession, submitPasswordChange } from '../actions.ts';
import { makeMetadata } from '../make-metadata.ts';

export const generateMetadata = () => makeMetadata('security');

/** Where the person is logged in, and their password. */
export default async function SecurityPage() {
  const user = await requireUser();
  const t = await getT('settings');
  return (
    <SettingsPage title={t('pages.security')}>
      <SettingsSection title={t('sessions.title')}>
        <SessionList sessions={await listSessions(user)} action={endSession} />
      </SettingsSection>
      <SettingsSection title={t('password.title')} lead={t('password.lead')}>
        <ChangePasswordForm action={submitPasswordChange} username={user.username} />
      </SettingsSection>
    </SettingsPage>
  );
}
