import { getEnv } from '#lib/runtime/env.ts';
import { composeMail } from './compose.ts';
import { makeSmtpOptions, SMTP_CONNECTIONS } from './smtp-options.ts';
import { type OutgoingMail, type Transport, TransportError } from './transport.ts';

type Refusal = {
  code?: unknown;
  responseCode?: unknown;
  response?: unknown;
  command?: unknown;
  message?: unknown;
};

/** Words of an answer without an enhanced code that is about us, not about the mailbox. */
const ABOUT_SENDER = /relay|authenti|log ?in|spam|polic|block|reputation|blacklist|\blist(ed|ing)\b|denied/i;

/**
 * Refused for good: a 5xx answer about the recipient or the content. One about the sender or the login is
 * about every mail, and may be mended.
 */
function isPermanent({ responseCode, command }: Refusal): boolean {
  const isRefused = typeof responseCode === 'number' && responseCode >= 500;
  return isRefused && (command === 'RCPT TO' || command === 'DATA');
}

/**
 * Whether a lasting refusal is about the mailbox: RCPT was refused, and the enhanced code says "bad
 * destination" (5.1.x) or "mailbox disabled" (5.2.1), or there is none and the answer is 550 or 553 without a word
 * about the sender (RFC 3463, 5321).
 */
function isBounce(error: Refusal): boolean {
  if (!isPermanent(error) || error.command !== 'RCPT TO') return false;
  const answer = String(error.response ?? '');
  const enhanced = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(answer)?.[0];
  if (enhanced) return /^5\.(1\.\d+|2\.1)$/.test(enhanced) && !/^5\.1\.[78]$/.test(enhanced);
  return (error.responseCode === 550 || error.responseCode === 553) && !ABOUT_SENDER.test(answer);
}

/** What the server said and to which command, or why it said nothing. */
function quoteAnswer({ response, command, message }: Refusal): string {
  return typeof response === 'string' && response ? `${response} (to ${command})` : String(message ?? '');
}

/** Mail through an SMTP server, over a few kept connections. The Message-ID is stable over retries. */
export function createSmtpTransport(): Transport {
  const connect = () =>
    import('nodemailer').then(({ createTransport }) =>
      createTransport({
        ...makeSmtpOptions(String(getEnv().SMTP_URL)),
        pool: true,
        maxConnections: SMTP_CONNECTIONS,
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
          answer: quoteAnswer(refusal),
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
