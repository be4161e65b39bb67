import pTimeout from 'p-timeout';
import { getEmailFrom } from '#lib/runtime/env.ts';
import { getFromAddress } from '../content/mail-headers.ts';
import { getResend } from './resend-client.ts';
import { type OutgoingMail, SEND_TIMEOUT_MS, type Transport, TransportError } from './transport.ts';

/** The tag under which Resend's events carry the id of our mail. */
export const MAIL_TAG = 'mail_id';
/** Longest wait in seconds that a Retry-After may impose. */
const RETRY_AFTER_LIMIT = 6 * 60 * 60;
/** Refusals of the mail itself; everything else (limits, keys, outages) may pass or be mended. */
const PERMANENT = new Set([400, 413, 422]);

/** Seconds from a Retry-After header, which is a number of seconds or a date. */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(Math.ceil(seconds), RETRY_AFTER_LIMIT)
    : undefined;
}

/** From as Resend takes it, with a name as a quoted string (RFC 5322, 3.2.4). */
function formatFrom(name: string | undefined): string {
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${getFromAddress()}>` : getEmailFrom();
}

/**
 * Mail through Resend. The idempotency key makes a repeated request, also one after a lost answer,
 * send once. Message-ID is left to Resend, which sets its own.
 */
export function createResendTransport(timeoutMs = SEND_TIMEOUT_MS): Transport {
  return {
    name: 'resend',
    async send({ id, address, payload, idempotencyKey }: OutgoingMail) {
      const resend = await getResend();
      const { 'Message-ID': _, 'Reply-To': replyTo, ...headers } = payload.headers;
      const { error, headers: answer } = await pTimeout(
        resend.emails.send(
          {
            from: formatFrom(payload.fromName),
            to: address,
            subject: payload.subject,
            html: payload.html,
            text: payload.text,
            headers,
            ...(replyTo && { replyTo }),
            // Its webhooks name the mail by this (lib/email/webhooks).
            tags: [{ name: MAIL_TAG, value: id }],
          },
          { idempotencyKey },
        ),
        { milliseconds: timeoutMs, message: new TransportError('Resend did not answer in time') },
      );
      if (!error) return;
      throw new TransportError(`Resend: ${error.name} (${error.statusCode ?? 'no answer'})`, {
        answer: error.message,
        permanent: PERMANENT.has(error.statusCode ?? 0),
        retryAfterSeconds: parseRetryAfter(answer?.['retry-after']),
      });
    },
    close() {},
  };
}
