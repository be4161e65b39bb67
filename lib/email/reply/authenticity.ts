import type { AuthenticateOptions } from 'mailauth';

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

/**
 * Checks a mail's SPF, DKIM and DMARC as the server that receives it from the outside.
 *
 * @param resolver looks DNS up; the system's own by default.
 */
export async function checkAuthenticity(
  raw: Buffer,
  session: { ip: string; helo: string; sender: string; mta: string },
  resolver?: AuthenticateOptions['resolver'],
): Promise<Authenticity> {
  const { authenticate } = await import('mailauth');
  const options: AuthenticateOptions = { ...session, resolver, disableArc: true, disableBimi: true };
  const { spf, dkim, dmarc } = await authenticate(raw, options);
  const dkimResults = dkim.results.map(({ status }) => status.result);
  return judgeResults({
    spf: spf ? spf.status.result : undefined,
    dkim: dkimResults.includes('pass') ? 'pass' : dkimResults[0],
    dmarc: dmarc ? dmarc.status.result : undefined,
  });
}
