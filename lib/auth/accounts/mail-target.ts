import { foldEmail } from '#lib/text/fold.ts';

/** Where dots in the part before the @ are not looked at, and a second name of the domain. */
const GMAIL = /^(gmail|googlemail)\.com$/;

/**
 * The mailbox that an address leads to, as the limit on mails that strangers can cause counts it: folded, and
 * without the tag after a plus sign, of which everybody has as many as they like.
 */
export function toMailTarget(email: string): string {
  const folded = foldEmail(email);
  const at = folded.lastIndexOf('@');
  const name = folded.slice(0, at).split('+')[0] ?? '';
  const domain = folded.slice(at + 1);
  return GMAIL.test(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
}
