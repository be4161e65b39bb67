import { updatePreferences } from '#db/queries/users.ts';
import type { Locale } from '#lib/i18n/config.ts';

/** Keeps a person's language, and whether new messages reach them by e-mail. */
export async function savePreferences(
  userId: string,
  preferences: { locale?: Locale; emailPreference?: 'every' | 'never' },
): Promise<void> {
  await updatePreferences(userId, preferences);
}
