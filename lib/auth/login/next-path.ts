/** Where a person goes after login when nothing else was asked for. */
export const HOME_PATH = '/chat';

/** Carries a page's own address from proxy.ts to what it renders; no client can set it. */
export const PATH_HEADER = 'x-dandul-path';

/** Longer paths are nobody's; the limit keeps redirects within header sizes. */
const PATH_LENGTH = 2048;

/**
 * A path to return to after login, safe to redirect to: an absolute path on this origin, else
 * `/chat`. Refuses other origins in every spelling (`//host`, `/\host`, control characters that
 * browsers drop) and the pages of who is signed out, which would send the person in circles.
 */
export function sanitizeNextPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > PATH_LENGTH) return HOME_PATH;
  if (!/^\/(?![/\\])/.test(value) || /[\p{Cc}\\]/u.test(value)) return HOME_PATH;
  const base = 'http://dandul.invalid';
  if (!URL.canParse(value, base)) return HOME_PATH;
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return HOME_PATH;
  if (/^\/(login|signup|forgot-password)?\/?$/.test(url.pathname)) return HOME_PATH;
  return url.pathname + url.search + url.hash;
}

/** The login page's address that leads back to `path`, where it is known. */
export function toLoginPath(path: string | null | undefined): string {
  return path ? `/login?next=${encodeURIComponent(sanitizeNextPath(path))}` : '/login';
}

/** Adds `next` to the address of such a page, unless it is the default. */
export function withNext(page: string, nextPath: string): string {
  return nextPath === HOME_PATH ? page : `${page}?next=${encodeURIComponent(nextPath)}`;
}
