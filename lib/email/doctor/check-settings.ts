import { isLoopback } from '#lib/operations/loopback.ts';
import { type Env, getAppUrl, getEmailFrom, getTransportName } from '#lib/runtime/env.ts';
import { parseAddresses } from '../reply/addresses.ts';
import { type Finding, note, ok, problem } from './finding.ts';

const NAMES = {
  resend: 'Resend (RESEND_API_KEY is set)',
  smtp: 'an SMTP server (SMTP_URL is set)',
  mailbox: 'the developer mailbox: neither RESEND_API_KEY nor SMTP_URL is set, so no mail leaves',
};

/** The domain of the address that mails come from; undefined if EMAIL_FROM has none. */
export function readFromDomain(env: Env): string | undefined {
  const addresses = parseAddresses(getEmailFrom(env));
  const [, domain] = addresses.length === 1 ? (addresses[0]?.split('@') ?? []) : [];
  return domain?.toLowerCase();
}

/** Whether the settings about mail make sense together. */
export function checkSettings(env: Env): Finding[] {
  const name = getTransportName();
  const findings: Finding[] = [(name === 'mailbox' ? note : ok)(`Mail goes through ${NAMES[name]}.`)];
  const domain = readFromDomain(env);
  if (!domain) {
    findings.push(
      problem('EMAIL_FROM is not one address. Write it like: Dandul <chat@example.com> (in quotes in .env).'),
    );
  } else if (name !== 'mailbox' && (isLoopback(domain) || !domain.includes('.'))) {
    findings.push(
      problem(
        `Mails would come from ${domain}, which no receiver accepts. Set EMAIL_FROM to an address you own.`,
      ),
    );
  } else {
    findings.push(ok(`Mails come from ${getEmailFrom(env)}.`));
  }
  const url = new URL(getAppUrl(env));
  if (name !== 'mailbox' && isLoopback(url.hostname)) {
    findings.push(
      problem(
        `Links in mails lead to ${url.origin}, which works on this machine only. Set APP_URL to the public address.`,
      ),
    );
  } else if (name !== 'mailbox' && url.protocol === 'http:') {
    findings.push(
      note(`Links in mails lead to ${url.origin} without encryption. Put a proxy with HTTPS in front.`),
    );
  }
  return [...findings, ...checkReplySettings(env)];
}

function checkReplySettings(env: Env): Finding[] {
  const hasWebhook = Boolean(env.RESEND_API_KEY && env.RESEND_WEBHOOK_SECRET);
  if (env.RESEND_API_KEY && !env.RESEND_WEBHOOK_SECRET) {
    return [
      note(
        'RESEND_WEBHOOK_SECRET is not set, so bounces and complaints go unnoticed (docs/email.md says how).',
      ),
      ...(env.REPLY_DOMAIN && env.REPLY_SMTP_PORT === undefined ? [noReceiver] : []),
    ];
  }
  if (!env.REPLY_DOMAIN) return [note('Reply by email is off (REPLY_DOMAIN is not set).')];
  if (!hasWebhook && env.REPLY_SMTP_PORT === undefined) return [noReceiver];
  const way = env.REPLY_SMTP_PORT === undefined ? "Resend's webhook" : `port ${env.REPLY_SMTP_PORT}`;
  return [ok(`Replies to ${env.REPLY_DOMAIN} are taken through ${way}.`)];
}

const noReceiver = problem(
  'REPLY_DOMAIN is set, but nothing receives replies: set RESEND_WEBHOOK_SECRET (with RESEND_API_KEY) or REPLY_SMTP_PORT.',
);
