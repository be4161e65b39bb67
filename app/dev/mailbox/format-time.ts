import { cookies } from 'next/headers';
import { getLocale } from '#lib/i18n/server.ts';
import { isTimeZone, TIME_ZONE_COOKIE } from '#lib/time-zone.ts';

/** A formatter for the visitor's language and zone. */
export async function getTimeFormat(): Promise<Intl.DateTimeFormat> {
  const zone = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
  return new Intl.DateTimeFormat(await getLocale(), {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: isTimeZone(zone) ? zone : 'UTC',
  });
}
