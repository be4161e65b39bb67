import { cookies } from 'next/headers';
import { cache } from 'react';
import { updateTimeZone } from '#db/queries/users.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getLog } from '#lib/runtime/log.ts';
import { assumeTimeZone, isTimeZone, TIME_ZONE_COOKIE } from '#lib/time-zone.ts';
import { getCurrentUser } from './sessions/current-user.ts';

/** The zone that the visitor's browser told, or null. */
export async function readToldTimeZone(): Promise<string | null> {
  const zone = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
  return isTimeZone(zone) ? zone : null;
}

/** The zone that a page's times are in: the browser's, else the account's, else a guess by language. */
export const getTimeZone = cache(async (locale: Locale): Promise<string> => {
  const told = await readToldTimeZone();
  return told ?? (await getCurrentUser())?.timeZone ?? assumeTimeZone(locale);
});

/**
 * Keeps the zone that the browser told with the account, where mails are made without any browser. Never
 * throws: a page is of use without it.
 */
export async function keepTimeZone(user: { userId: string; timeZone: string | null }): Promise<void> {
  const told = await readToldTimeZone();
  if (!told || told.toLowerCase() === user.timeZone?.toLowerCase()) return;
  await updateTimeZone(user.userId, told).catch((error) =>
    getLog().warn({ err: error, userId: user.userId }, 'could not keep a time zone'),
  );
}
