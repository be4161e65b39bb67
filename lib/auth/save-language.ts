import { updateLocale } from '#db/queries/users.ts';
import type { Locale } from '#lib/i18n/config.ts';

/** Keeps a person's language, in which they are also mailed. */
export async function saveLocale(userId: string, locale: Locale): Promise<void> {
  await updateLocale(userId, locale);
}
