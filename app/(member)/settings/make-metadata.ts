import type { Metadata } from 'next';
import type { SettingsPageName } from '#components/settings/pages.ts';
import { getT } from '#lib/i18n/server.ts';

/** The window's title on one page of the settings, such as `Security · Settings`. */
export async function makeMetadata(name: SettingsPageName): Promise<Metadata> {
  const t = await getT('settings');
  return { title: `${t(`pages.${name}`)} · ${t('title')}` };
}
