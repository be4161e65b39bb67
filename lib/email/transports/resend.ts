import type { Resend } from 'resend';
import { getEmailFrom, getEnv } from '#lib/env.ts';
import { type OutgoingMail, SEND_TIMEOUT_MS, type Transport, TransportError } from './transport.ts';

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

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransportError('Resend did not answer in time')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Mail through Resend. The idempotency key makes a repeated request, also one after a lost answer,
 * send once. Message-ID is left to Resend, which sets its own.
 */
export function createResendTransport(timeoutMs = SEND_TIMEOUT_MS): Transport {
  let client: Promise<Resend> | undefined;
  const getClient = () => {
    const env = getEnv();
    client ??= import('resend').then(
      ({ Resend }) =>
        new Resend(env.RESEND_API_KEY, env.RESEND_BASE_URL ? { baseUrl: env.RESEND_BASE_URL } : undefined),
    );
    return client;
  };
  return {
    name: 'resend',
    async send({ address, payload, idempotencyKey }: OutgoingMail) {
      const resend = await getClient();
      const { 'Message-ID': _, ...headers } = payload.headers;
      const { error, headers: answer } = await withTimeout(
        resend.emails.send(
          {
            from: getEmailFrom(),
            to: address,
            subject: payload.subject,
            html: payload.html,
            text: payload.text,
            headers,
          },
          { idempotencyKey },
        ),
        timeoutMs,
      );
      if (!error) return;
      throw new TransportError(`Resend: ${error.name} (${error.statusCode ?? 'no answer'})`, {
        permanent: PERMANENT.has(error.statusCode ?? 0),
        retryAfterSeconds: parseRetryAfter(answer?.['retry-after']),
      });
    },
    close() {},
  };
}
