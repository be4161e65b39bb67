import { type Env, getAppUrl } from '#lib/env.ts';
import { isLoopback } from '#lib/operations/loopback.ts';

/** The few plain lines for the person who started the server: where it is, and what to know. */
export function announce(env: Env, usesMailbox: boolean): void {
  const url = getAppUrl(env);
  const isPublic = !isLoopback(env.HOST) || !isLoopback(new URL(url).hostname);
  const lines = [`Dandul is ready at ${url}`];
  if (usesMailbox) lines.push(`Mails are kept, not sent: read them at ${url}/dev/mailbox`);
  if (usesMailbox && isPublic) {
    lines.push('Warning: whoever reaches this server can read those mails; set RESEND_API_KEY or SMTP_URL.');
  }
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
