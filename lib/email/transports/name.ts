import { getEnv } from '#lib/env.ts';
import type { Transport } from './transport.ts';

/** Which transport the settings choose: Resend, else SMTP, else the developer mailbox. */
export function getTransportName(): Transport['name'] {
  const env = getEnv();
  if (env.RESEND_API_KEY) return 'resend';
  return env.SMTP_URL ? 'smtp' : 'mailbox';
}
