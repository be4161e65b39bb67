/** Cookie that tells the server the browser's time zone, so that both render the same times. */
export const TIME_ZONE_COOKIE = 'dandul.tz';

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
