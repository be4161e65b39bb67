import { getMailboxReaders } from '#lib/email/mailbox/may-read-mailbox.ts';
import { hasPublicAddress, isLoopback } from '#lib/operations/loopback.ts';
import { type Env, getAppUrl } from '#lib/runtime/env.ts';

/** The few plain lines for the person who started the server: where it is, and what to know. */
export function announce(env: Env, usesMailbox: boolean): void {
  const url = getAppUrl(env);
  const lines = [`Dandul is ready at ${url}`];
  if (usesMailbox) lines.push(...tellMailbox(env));
  if (!env.APP_URL && !isLoopback(env.HOST)) {
    lines.push(
      'Warning: APP_URL is not set, so only browsers on this machine can chat: set it to the address people use.',
    );
  }
  const hasReplyWebhook = env.RESEND_API_KEY && env.RESEND_WEBHOOK_SECRET;
  if (env.REPLY_DOMAIN && !hasReplyWebhook && env.REPLY_SMTP_PORT === undefined) {
    console.log('Warning: REPLY_DOMAIN is set, but nothing receives replies; docs/email.md says how.');
  }
  if (env.RATE_LIMITS === 'off') {
    lines.push('Warning: RATE_LIMITS=off, nothing stops abuse; for tests only.');
  }
  // At once: whoever waits for the first line has the others with it.
  console.log(lines.join('\n'));
}

/** Where kept mails can be read, and by whom. */
function tellMailbox(env: Env): string[] {
  const readers = getMailboxReaders(env);
  const isPublic = hasPublicAddress(getAppUrl(env));
  const url = readers === 'local' && isPublic ? `http://localhost:${env.PORT}` : getAppUrl(env);
  const where = readers === 'off' ? ', and shown nowhere' : `: read them at ${url}/dev/mailbox`;
  const isReachable = isPublic || !isLoopback(env.HOST);
  return [
    `Mails are kept, not sent${where}`,
    ...(isPublic && readers !== 'public' ? [NO_MAIL_WARNING] : []),
    ...(isReachable && readers === 'public' ? [PUBLIC_WARNING] : []),
  ];
}

const NO_MAIL_WARNING =
  'Warning: nobody gets mail, not even to confirm an address; set RESEND_API_KEY or SMTP_URL (docs/email.md).';
const PUBLIC_WARNING =
  'Warning: DEV_MAILBOX=public, so whoever reaches this server can read those mails and take over any account.';
