import type { IncomingMail } from './incoming.ts';

/** Authors that are not people. */
const MACHINES = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+-].*)?@/i;
/** Envelope senders of reports. Gateways send people's mails from addresses of their own for bounces. */
const REPORTERS = /^(mailer-daemon|postmaster)([+-].*)?@/i;

/**
 * Headers that only programs and lists set. List-Unsubscribe and Feedback-ID are not among them: the gateways
 * of companies and mailers put those into everybody's mails.
 */
const AUTOMATIC_HEADERS = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'list-id'];

/**
 * True for out-of-office answers, delivery reports, lists and other programs: answering or passing
 * these on makes loops (RFC 3834 and the headers that programs set in its place).
 */
export function isAutomatic({ headers, from, envelopeFrom }: IncomingMail): boolean {
  const get = (name: string) => headers.get(name)?.trim().toLowerCase() ?? '';
  const submitted = get('auto-submitted').split(';')[0]?.trim();
  if (submitted && submitted !== 'no') return true;
  if (/^(bulk|junk|list|auto_reply)$/.test(get('precedence'))) return true;
  if (AUTOMATIC_HEADERS.some((name) => headers.has(name) && get(name) !== 'no')) return true;
  if (/^multipart\/report\b/.test(get('content-type'))) return true;
  if (envelopeFrom === '' || get('return-path') === '<>') return true;
  return MACHINES.test(from ?? '') || REPORTERS.test(envelopeFrom ?? '');
}
