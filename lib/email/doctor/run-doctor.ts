import { v7 as uuidv7 } from 'uuid';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { isLoopback } from '#lib/operations/loopback.ts';
import { getEnv, getTransportName } from '#lib/runtime/env.ts';
import { commonHeaders } from '../content/mail-headers.ts';
import { getTransport } from '../transports/index.ts';
import { getMailboxDir } from '../transports/mailbox.ts';
import type { TransportError } from '../transports/transport.ts';
import { checkResend, checkSmtp } from './check-connection.ts';
import { checkDns, checkReplyDns } from './check-dns.ts';
import { checkSettings, readFromDomain } from './check-settings.ts';
import { type Dns, type Finding, ok, problem } from './finding.ts';

/**
 * Checks everything between this server and somebody's inbox, in the order in which it would fail,
 * and sends a test mail. Every finding is reported as soon as it is made.
 *
 * @returns whether nothing needs fixing.
 */
export async function runDoctor(input: {
  address: string;
  locale: Locale;
  dns: Dns;
  report: (finding: Finding) => void;
}): Promise<boolean> {
  let isWell = true;
  const report = (findings: Finding[]) => {
    for (const finding of findings) {
      isWell &&= finding.level !== 'problem';
      input.report(finding);
    }
  };
  const env = getEnv();
  const name = getTransportName();
  const domain = readFromDomain(env);
  report(checkSettings(env));
  if (name === 'smtp') report(await checkSmtp(String(env.SMTP_URL)));
  if (name === 'resend') report(await checkResend(domain));
  if (name !== 'mailbox' && domain?.includes('.') && !isLoopback(domain)) {
    report(await checkDns(domain, name, input.dns));
  }
  if (env.REPLY_DOMAIN) report([await checkReplyDns(env.REPLY_DOMAIN, input.dns)]);
  report([await sendTest(input.address, input.locale)]);
  return isWell;
}

async function sendTest(address: string, locale: Locale): Promise<Finding> {
  const t = getTranslator(locale, 'email');
  const { renderNotice } = await import('../templates/index.ts');
  const id = uuidv7();
  const parts = renderNotice({
    locale,
    heading: t('headingTest'),
    paragraphs: [t('bodyTest')],
    why: t('whyTest'),
  });
  const payload = { ...parts, subject: t('subjectTest'), headers: commonHeaders(id) };
  const transport = getTransport();
  try {
    await transport.send({ id, address, payload, idempotencyKey: `test-${id}`, createdAt: new Date() });
  } catch (error) {
    const { message, answer } = error as TransportError;
    return problem(`Test mail: not accepted. ${answer ? `${message}: ${answer}` : message}`);
  } finally {
    transport.close();
  }
  return transport.name === 'mailbox'
    ? ok(`Test mail: kept in ${getMailboxDir()}; the running server shows it at /dev/mailbox.`)
    : ok(`Test mail: handed over for ${address}. Look there, also in the spam folder.`);
}
