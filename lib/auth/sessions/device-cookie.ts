/** Names a browser, so that a login from one that an account has not used before can be told by mail. */
export const DEVICE_COOKIE = 'dandul.device';
/** Carries the same from proxy.ts to where logins are made; no client can set it. */
export const DEVICE_HEADER = 'x-dandul-device';
/** As long as browsers keep a cookie: 400 days at most. */
export const LONGEST_COOKIE_SECONDS = 400 * 24 * 60 * 60;

/** The pages whose forms log in. */
const LOGIN_PAGES = new Set(['/login', '/signup', '/confirm-login']);

export function isLoginPage(pathname: string): boolean {
  return LOGIN_PAGES.has(pathname);
}
