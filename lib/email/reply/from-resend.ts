import { getEnv } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { getResend } from '../transports/resend-client.ts';
import { parseAddresses } from './addresses.ts';
import { MAX_MAIL_BYTES, UnreadableMailError } from './incoming.ts';
import { type Arrival, receiveReply } from './receive.ts';
import { answerRefusal, noteDropped } from './refuse.ts';
import { retellMail } from './retell.ts';

/** How long fetching a mail may take (ms). */
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
    if (result.kind === 'taken' && result.dropped) await noteDropped(result.dropped);
    getLog().debug({ emailId, result: result.kind }, 'reply by e-mail');
  } catch (error) {
    // Nobody waits for an answer here, and a mail that takes too much must not be read a hundred times.
    if (!/^MAIL_(UNREADABLE|COSTLY)$/.test(String((error as { code?: string }).code))) throw error;
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

/** The bytes at an address; undefined if there are none. */
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
    if (size > MAX_MAIL_BYTES) throw new UnreadableMailError('it is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
