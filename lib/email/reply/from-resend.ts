import { getEnv } from '#lib/env.ts';
import { getLog } from '#lib/log.ts';
import { getResend } from '../resend-client.ts';
import { parseAddresses, UnreadableMailError } from './incoming.ts';
import { type Arrival, receiveReply } from './receive.ts';
import { answerRefusal } from './refuse.ts';
import { retellMail } from './retell.ts';

/** Largest mail in bytes that is fetched, and how long that may take (ms). */
const MAX_BYTES = 15 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 60_000;

/**
 * Fetches a mail that Resend received for us, whose webhook carried no content, and takes it as a reply.
 *
 * @throws when Resend or the database cannot be reached; the job is tried again then.
 */
export async function receiveFromResend(emailId: string): Promise<void> {
  try {
    const arrival = await fetchMail(emailId);
    if (!arrival) return;
    const result = await receiveReply(arrival);
    if (result.kind === 'refused') await answerRefusal(result);
    getLog().debug({ emailId, result: result.kind }, 'reply by e-mail');
  } catch (error) {
    if ((error as { code?: string }).code !== 'MAIL_UNREADABLE') throw error;
    getLog().warn({ emailId, err: error }, 'reply by e-mail left unread');
  }
}

/**
 * The mail as it was sent: what Resend makes of its headers and parts says less than those themselves. Where
 * that is not kept, what Resend tells has to do.
 */
async function fetchMail(emailId: string): Promise<Arrival | undefined> {
  const resend = await getResend();
  const { data, error } = await resend.emails.receiving.get(emailId, { html_format: 'cid' });
  if (error?.statusCode === 404) {
    getLog().warn({ emailId }, 'Resend no longer has a mail that it received');
    return undefined;
  }
  if (!data) throw new Error(`Resend: ${error?.name} (${error?.statusCode ?? 'no answer'})`);
  const raw = data.raw && (await download(data.raw.download_url));
  return {
    raw: raw ?? (await retellMail(data)),
    recipients: [...data.to, ...(data.received_for ?? []), ...(data.cc ?? [])].flatMap(parseAddresses),
    envelopeFrom: undefined,
    origin: raw
      ? { trustedServer: getEnv().REPLY_TRUSTED_AUTHSERV }
      : { trustedServer: undefined, isRetold: true },
  };
}

/** The bytes behind an address; undefined when they are not there. */
async function download(url: string): Promise<Buffer | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (response.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok || !response.body)
    throw new Error(`Resend: a mail could not be fetched (${response.status})`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new UnreadableMailError('it is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
