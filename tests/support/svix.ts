import { createHmac } from 'node:crypto';

/** A webhook secret of the tests, as Resend shows them. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a webhook secret of the tests').toString('base64')}`;

/** The headers of a webhook call, signed as Svix documents it: HMAC-SHA256 of `id.timestamp.payload`. */
export function signWebhook(
  payload: string,
  { id, at = new Date(), secret = WEBHOOK_SECRET }: { id: string; at?: Date; secret?: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}
