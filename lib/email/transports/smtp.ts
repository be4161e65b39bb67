import { getEnv } from '#lib/env.ts';
import { composeMail } from './compose.ts';
import { type OutgoingMail, SEND_TIMEOUT_MS, type Transport, TransportError } from './transport.ts';

type Refusal = { code?: unknown; responseCode?: unknown; response?: unknown; command?: unknown };

/** Refused for good: a 5xx answer about the recipient or the content, not about the login. */
function isPermanent(error: Refusal): boolean {
  const refused = typeof error.responseCode === 'number' && error.responseCode >= 500;
  return refused && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE');
}

/**
 * Whether a lasting refusal is about the mailbox: the enhanced code says "bad destination" (5.1.x) or
 * "mailbox disabled" (5.2.1), or there is none and RCPT was answered with 550 or 553 (RFC 3463, 5321).
 */
function isBounce(error: Refusal): boolean {
  if (!isPermanent(error)) return false;
  const enhanced = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(String(error.response ?? ''))?.[0];
  if (enhanced) return /^5\.(1\.\d+|2\.1)$/.test(enhanced) && !/^5\.1\.[78]$/.test(enhanced);
  return error.command === 'RCPT TO' && (error.responseCode === 550 || error.responseCode === 553);
}

/** Mail through an SMTP server, over a few kept connections. The Message-ID is stable over retries. */
export function createSmtpTransport(): Transport {
  const connect = () =>
    import('nodemailer').then(({ createTransport }) =>
      createTransport({
        url: getEnv().SMTP_URL,
        pool: true,
        maxConnections: 2,
        connectionTimeout: SEND_TIMEOUT_MS,
        greetingTimeout: SEND_TIMEOUT_MS,
        socketTimeout: SEND_TIMEOUT_MS,
      }),
    );
  let transporter: ReturnType<typeof connect> | undefined;
  return {
    name: 'smtp',
    async send(mail: OutgoingMail) {
      transporter ??= connect();
      const smtp = await transporter;
      try {
        await smtp.sendMail(composeMail(mail));
      } catch (error) {
        const refusal = error as Refusal;
        const { code, responseCode } = refusal;
        throw new TransportError(`SMTP: ${String(code ?? 'failed')} ${String(responseCode ?? '')}`.trim(), {
          permanent: isPermanent(refusal),
          isBounce: isBounce(refusal),
          cause: error,
        });
      }
    },
    close() {
      void transporter?.then((smtp) => smtp.close());
    },
  };
}
