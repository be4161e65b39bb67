import { type Env, getAppUrl } from '#lib/env.ts';
import { isLoopback } from '#lib/operations/loopback.ts';

/** The few plain lines for the person who started the server: where it is, and what to know. */
export function announce(env: Env, usesMailbox: boolean): void {
  const url = getAppUrl(env);
  const isPublic = !isLoopback(env.HOST) || !isLoopback(new URL(url).hostname);
  console.log(`Dandul is ready at ${url}`);
  if (usesMailbox) console.log(`Mails are kept, not sent: read them at ${url}/dev/mailbox`);
  if (usesMailbox && isPublic) {
    console.log('Warning: whoever reaches this server can read those mails; set RESEND_API_KEY or SMTP_URL.');
  }
  if (!env.APP_URL && !isLoopback(env.HOST)) {
    console.log(
      'Warning: APP_URL is not set, so only browsers on this machine can chat: set it to the address people use.',
    );
  }
  const hasReplyWebhook = env.RESEND_API_KEY && env.RESEND_WEBHOOK_SECRET;
  if (env.REPLY_DOMAIN && !hasReplyWebhook && env.REPLY_SMTP_PORT === undefined) {
    console.log('Warning: REPLY_DOMAIN is set, but nothing receives replies; docs/email.md says how.');
  }
  if (env.RATE_LIMITS === 'off') {
    console.log('Warning: RATE_LIMITS=off, nothing stops abuse; for tests only.');
  }
}
