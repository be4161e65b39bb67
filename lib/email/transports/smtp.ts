import { getEnv } from '#lib/env.ts';
import { composeMail } from './compose.ts';
import { type OutgoingMail, SEND_TIMEOUT_MS, type Transport, TransportError } from './transport.ts';

/** Refused for good: a 5xx answer about the recipient or the content, not about the login. */
function isPermanent(error: { code?: unknown; responseCode?: unknown }): boolean {
  const refused = typeof error.responseCode === 'number' && error.responseCode >= 500;
  return refused && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE');
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
        const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
        throw new TransportError(`SMTP: ${String(code ?? 'failed')} ${String(responseCode ?? '')}`.trim(), {
          permanent: isPermanent({ code, responseCode }),
          cause: error,
        });
      }
    },
    close() {
      void transporter?.then((smtp) => smtp.close());
    },
  };
}
