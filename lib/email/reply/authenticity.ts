import { type AuthenticateOptions, authenticate, type DNSResolver } from 'mailauth';

/** What is known of whether a mail comes from where it says: proven, disproven, or neither. */
export type Authenticity = 'pass' | 'fail' | 'unknown';

type Results = { spf?: string; dkim?: string; dmarc?: string };

/**
 * One word from the three checks. DMARC speaks of the address that a person sees, so it decides where
 * there is a record; else a valid DKIM signature or SPF proves, and a plain SPF `fail` with no such
 * signature disproves. A broken DKIM signature alone says little: lists and scanners break them.
 */
export function judgeResults({ spf, dkim, dmarc }: Results): Authenticity {
  if (dmarc === 'pass' || dmarc === 'fail') return dmarc;
  if (dkim === 'pass' || spf === 'pass') return 'pass';
  return spf === 'fail' ? 'fail' : 'unknown';
}

/** What the header of the server that received the mail before us says (RFC 8601). */
export function readAuthenticationResults(header: string | undefined): Authenticity {
  if (!header) return 'unknown';
  // Comments may hold anything, also what looks like a result.
  const plain = header.replace(/\([^()]*\)/g, ' ');
  const find = (method: string) => {
    const results = [...plain.matchAll(new RegExp(`(?:^|[;\\s])${method}\\s*=\\s*([a-z]+)`, 'gi'))];
    const words = results.map(([, word = '']) => word.toLowerCase());
    return words.includes('pass') ? 'pass' : words[0];
  };
  return judgeResults({ spf: find('spf'), dkim: find('dkim'), dmarc: find('dmarc') });
}

/** DNS did not say who may send for a domain; later it may. */
export class SilentDnsError extends Error {
  readonly code = 'DNS_SILENT';
}

/** Who hands a mail over: their address and name, the envelope's sender, and this server's own name. */
export type Session = { ip: string; helo: string; sender: string; mta: string };

/** What a check found: the verdict, and the one address in From that it is about. */
export type Finding = { authenticity: Authenticity; author: string | undefined };

/**
 * Checks who wrote a mail, as the server that receives it from the outside. Proof is DMARC, or where
 * the author's domain publishes none, a DKIM signature that aligns with that domain or SPF of the very
 * same. What proves another domain proves nothing, and a mail with several From has no author.
 *
 * @throws SilentDnsError when what DNS does not answer decides; the mail is to be tried again then.
 */
export async function checkAuthenticity(
  raw: Uint8Array,
  session: Session,
  resolver: DNSResolver,
): Promise<Finding> {
  const options: AuthenticateOptions = { ...session, resolver, disableArc: true, disableBimi: true };
  const { spf, dkim, dmarc } = await authenticate(
    Buffer.from(raw.buffer, raw.byteOffset, raw.length),
    options,
  );
  const [author] = dkim.headerFrom;
  if (!dmarc || !author || dkim.headerFrom.length > 1) return { authenticity: 'fail', author: undefined };

  const spfResult = spf ? spf.status.result : 'none';
  const { result, header } = dmarc.status;
  const isAligned =
    dkim.results.some(({ status }) => status.result === 'pass' && status.aligned) ||
    (spf && spfResult === 'pass' && spf.domain === header?.from);
  if (result === 'pass' || (result === 'none' && isAligned)) return { authenticity: 'pass', author };
  const hasNoAnswer = [result, spfResult, ...dkim.results.map(({ status }) => status.result)];
  if (hasNoAnswer.includes('temperror')) throw new SilentDnsError('DNS did not answer');
  return { authenticity: result === 'fail' || spfResult === 'fail' ? 'fail' : 'unknown', author };
}
