import { redirect } from 'next/navigation';
import { requireUser } from '#lib/auth/sessions/current-user.ts';

/** Leads to the first page of the settings. */
export default async function SettingsDoor() {
  await requireUser();
  redirect('/settings/account');
}
