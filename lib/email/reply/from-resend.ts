import { getLog } from '#lib/log.ts';
import { getResend } from '../resend-client.ts';
import { readAuthenticationResults } from './authenticity.ts';
import { cleanFileName, type IncomingMail, parseAddresses } from './incoming.ts';
import { receiveReply } from './receive.ts';
import { answerRefusal } from './refuse.ts';

/**
 * Fetches a mail that Resend received for us, whose webhook carried no content, and takes it as a reply.
 *
 * @throws when Resend or the database cannot be reached; the job is tried again then.
 */
export async function receiveFromResend(emailId: string): Promise<void> {
  const mail = await fetchMail(emailId);
  if (!mail) return;
  const result = await receiveReply(mail);
  if (result.kind === 'refused') await answerRefusal(mail, result);
  getLog().debug({ emailId, result: result.kind }, 'reply by e-mail');
}

async function fetchMail(emailId: string): Promise<IncomingMail | undefined> {
  const resend = await getResend();
  const { data, error } = await resend.emails.receiving.get(emailId, { html_format: 'cid' });
  if (error?.statusCode === 404) {
    getLog().warn({ emailId }, 'Resend no longer has a mail that it received');
    return undefined;
  }
  if (!data) throw new Error(`Resend: ${error?.name} (${error?.statusCode ?? 'no answer'})`);
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(data.headers ?? {})) {
    headers.set(name.toLowerCase(), String(value));
  }
  const from = parseAddresses(data.from);
  return {
    messageId: data.message_id,
    from: from.length === 1 ? from[0] : undefined,
    recipients: [...data.to, ...(data.received_for ?? []), ...(data.cc ?? [])].flatMap(parseAddresses),
    subject: data.subject ?? '',
    text: data.text ?? '',
    html: data.html ?? '',
    attachments: (data.attachments ?? []).map(({ filename }) => cleanFileName(filename)),
    headers,
    envelopeFrom: undefined,
    authenticity: readAuthenticationResults(headers.get('authentication-results')),
  };
}
