import type { IncomingMail } from './incoming.ts';

/** Senders that no person reads or writes as. */
const MACHINES = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+-].*)?@/i;

/**
 * True for out-of-office answers, delivery reports, lists and other programs: answering or passing
 * these on makes loops (RFC 3834 and the headers that programs set in its place).
 */
export function isAutomatic({ headers, from, envelopeFrom }: IncomingMail): boolean {
  const get = (name: string) => headers.get(name)?.trim().toLowerCase() ?? '';
  const submitted = get('auto-submitted').split(';')[0]?.trim();
  if (submitted && submitted !== 'no') return true;
  if (/^(bulk|junk|list|auto_reply)$/.test(get('precedence'))) return true;
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => headers.has(name))) return true;
  if (['list-id', 'list-unsubscribe', 'feedback-id'].some((name) => headers.has(name))) return true;
  if (/^multipart\/report\b/.test(get('content-type'))) return true;
  if (envelopeFrom === '' || get('return-path') === '<>') return true;
  return MACHINES.test(from ?? '') || MACHINES.test(envelopeFrom ?? '');
}
