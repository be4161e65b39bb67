import type { Locale } from './i18n/config.ts';
import { CHOICE_COOKIE_SECONDS } from './runtime/choice-cookie.ts';

/** Cookie that tells the server the browser's time zone, so that both render the same times. */
export const TIME_ZONE_COOKIE = 'dandul.tz';

/**
 * Puts the browser's zone into its cookie unless the server was told the same, also a zone that the server
 * had guessed. True when there is something new to tell and the browser keeps it.
 */
export function tellTimeZone(
  page: { cookie: string },
  { zone, told, isSecure }: { zone: string | undefined; told: string | null; isSecure: boolean },
): boolean {
  if (!zone || zone === told) return false;
  const value = encodeURIComponent(zone);
  page.cookie = `${TIME_ZONE_COOKIE}=${value}; path=/; max-age=${CHOICE_COOKIE_SECONDS}; samesite=lax${isSecure ? '; secure' : ''}`;
  return page.cookie.includes(`${TIME_ZONE_COOKIE}=${value}`);
}

/** True for a zone name this runtime can format in, such as `Asia/Seoul`. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z][\w+\-/]{0,63}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** The zone to reckon in until a browser has told its own: most who read Korean live in this one. */
export function assumeTimeZone(locale: Locale): string {
  return locale === 'ko' ? 'Asia/Seoul' : 'UTC';
}
