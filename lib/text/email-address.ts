/** What a domain may be typed with; ASCII or not, its letters are looked at one by one below. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.。-]+$/u;

/**
 * An address with its domain as mail servers know it: `minji@예시.한국` is `minji@xn--vv4b…`. What has no such
 * form stays as it is. The part before the @ is never changed.
 */
export function toAsciiAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  if (at < 0 || !DOMAIN.test(domain) || !/[^\x21-\x7e]|xn--/i.test(domain)) return email;
  const address = `http://${domain}`;
  // A URL's host is written by the same rules (UTS #46), in browsers and in Node.js.
  return URL.canParse(address) ? email.slice(0, at + 1) + new URL(address).hostname : email;
}
