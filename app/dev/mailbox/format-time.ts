import { getTimeZone } from '#lib/auth/time-zone.ts';
import { getLocale } from '#lib/i18n/server.ts';

/** A formatter for the visitor's language and zone. */
export async function getTimeFormat(): Promise<Intl.DateTimeFormat> {
  const locale = await getLocale();
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: await getTimeZone(locale),
  });
}
