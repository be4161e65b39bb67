import { BlockedList } from '#components/settings/blocked-list.tsx';
import { SettingsPage } from '#components/settings/settings-page.tsx';
import { SettingsSection } from '#components/settings/settings-section.tsx';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { listBlocked } from '#lib/chat/list-blocked.ts';
import { getT } from '#lib/i18n/server.ts';
import { makeMetadata } from '../make-metadata.ts';
import { unblockPartner } from './actions.ts';

export const generateMetadata = () => makeMetadata('privacy');

/** Whom the person has blocked, and what others see of them. */
export default async function PrivacyPage() {
  const user = await requireUser();
  const t = await getT('settings');
  return (
    <SettingsPage title={t('pages.privacy')}>
      <SettingsSection title={t('blocked.title')} lead={t('blocked.lead')}>
        <BlockedList people={await listBlocked(user.userId)} action={unblockPartner} />
      </SettingsSection>
      <SettingsSection title={t('seen.title')}>
        <ul className="flex list-disc flex-col gap-2 pl-5 text-body break-keep marker:text-muted">
          <li>{t('seen.presence')}</li>
          <li>{t('seen.receipts')}</li>
          <li>{t('seen.search')}</li>
        </ul>
      </SettingsSection>
    </SettingsPage>
  );
}
