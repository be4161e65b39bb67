import { createTransport } from 'nodemailer';
import { getResend } from '../transports/resend-client.ts';
import { makeSmtpOptions, mustEncrypt } from '../transports/smtp-options.ts';
import { type Finding, note, ok, problem } from './finding.ts';

/** How long (ms) a server has to answer. */
const TIMEOUT_MS = 10_000;

type Failure = { code?: string; responseCode?: number; message?: string };

/** Connects to the SMTP server, encrypted if it can be, and logs in. */
export async function checkSmtp(url: string): Promise<Finding[]> {
  const { hostname, port, username, protocol } = new URL(url);
  const where = `${hostname}:${port || (protocol === 'smtps:' ? 465 : 587)}`;
  const encrypted = await tryConnection(url, true);
  if (!encrypted) {
    return [ok(`SMTP: ${where} answers, encrypted with a valid certificate.`), sayLogin(username)];
  }
  const isHeldBack = mustEncrypt(url);
  const plain =
    protocol === 'smtps:' ? encrypted : await tryConnection(isHeldBack ? withoutLogin(url) : url, false);
  if (plain) return [problem(explain(plain, where))];
  const isOpen = encrypted.code === 'ETLS' || /STARTTLS/i.test(encrypted.message ?? '');
  const found = isOpen
    ? `SMTP: ${where} answers but offers no encryption`
    : `SMTP: the certificate of ${where} is not valid (${encrypted.message})`;
  const remedy = isOpen
    ? 'Use another port (587 or 465).'
    : 'Mend the certificate, or use the name that it is for.';
  if (isHeldBack)
    return [problem(`${found}. The password is not sent that way, so no mail goes out. ${remedy}`)];
  return [problem(`${found}, so mails can be read on the way. ${remedy}`), sayLogin(username)];
}

function withoutLogin(url: string): string {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}

const sayLogin = (username: string) =>
  username
    ? ok('SMTP: the login is accepted.')
    : note('SMTP: no login is given in SMTP_URL; the server lets us send without one.');

async function tryConnection(url: string, requireTLS: boolean): Promise<Failure | undefined> {
  const transporter = createTransport({
    ...makeSmtpOptions(url),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    requireTLS,
    ...(!requireTLS && { tls: { rejectUnauthorized: false } }),
  });
  try {
    await transporter.verify();
    return undefined;
  } catch (error) {
    return error as Failure;
  } finally {
    transporter.close();
  }
}

function explain({ code, responseCode, message }: Failure, where: string): string {
  if (code === 'EAUTH') {
    return `SMTP: ${where} refuses the login (${responseCode ?? 'no code'}). Check user and password in SMTP_URL; characters such as @ or / must be written as %40 or %2F.`;
  }
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(message ?? '')) {
    return `SMTP: there is no server named ${where}. Check the spelling in SMTP_URL.`;
  }
  if (/ECONNREFUSED/.test(message ?? '')) {
    return `SMTP: nothing listens at ${where}. Check the port; some hosts block 25, 465 or 587.`;
  }
  if (code === 'ETIMEDOUT' || /timeout/i.test(message ?? '')) {
    return `SMTP: ${where} does not answer. A firewall may block the port.`;
  }
  return `SMTP: ${where} cannot be used: ${message ?? code}`;
}

/** Asks Resend whether the key is good and the From domain is verified. */
export async function checkResend(domain: string | undefined): Promise<Finding[]> {
  const { data, error } = await (await getResend()).domains.list();
  if (error?.name === 'restricted_api_key') {
    return [
      note(
        'Resend: the key may send and nothing else, which is fine; whether the domain is verified cannot be seen with it.',
      ),
    ];
  }
  if (error?.statusCode === 401 || error?.statusCode === 403) {
    return [
      problem('Resend: the key is refused. Make a new one at resend.com/api-keys and set RESEND_API_KEY.'),
    ];
  }
  if (error || !data)
    return [problem(`Resend: no answer (${error?.message ?? 'unknown error'}). Try again later.`)];
  const found = data.data.find(({ name }) => domain === name || domain?.endsWith(`.${name}`));
  if (!found) {
    return [
      problem(
        `Resend: the domain ${domain} is not in your account. Add it at resend.com/domains, or change EMAIL_FROM.`,
      ),
    ];
  }
  return found.status === 'verified'
    ? [ok(`Resend: the key works and ${found.name} is verified.`)]
    : [
        problem(
          `Resend: ${found.name} is “${found.status}”. Set the DNS records shown at resend.com/domains and wait for “verified”.`,
        ),
      ];
}
