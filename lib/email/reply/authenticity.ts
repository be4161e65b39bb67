import { authenticate, type DNSResolver, dmarc } from 'mailauth';
import type { Env } from '#lib/runtime/env.ts';
import { isSameAddress, parseAddresses } from './addresses.ts';
import { hasClaimOfFailure } from './claimed-failure.ts';
import { readTrustedSpf } from './trusted-spf.ts';

/** DNS did not answer who may send for a domain; it may later. */
export class SilentDnsError extends Error {
  readonly code = 'DNS_SILENT';
}

/** Who hands a mail over: their address and name, the envelope's sender, and this server's own name. */
export type Session = { ip: string; helo: string; sender: string; mta: string };

/**
 * How a mail came: straight from whoever sends it, or by a server in front, whose name may be trusted. A
 * retold mail is not the mail as it was sent: it can neither prove its author nor lack a proof.
 */
export type Origin = Session | { trustedServer: string | undefined; isRetold?: boolean };

/**
 * What is known about the writer of a mail: it is proven, it is known to be forged, or nothing says either.
 */
export type Verdict = 'proven' | 'open' | 'forged';

/** What a reply must prove to be accepted. */
export type Proof = Env['REPLY_PROOF'];

/** The one address in From, if there is one, and what the mail gives for its domain having sent it. */
export type Author = { address: string | undefined; verdict: Verdict };

const NOBODY: Author = { address: undefined, verdict: 'forged' };

/**
 * Checks who wrote a mail.
 *
 * Proof is DMARC, or where the author's domain publishes none, a DKIM signature
 * that aligns with that domain or SPF of the very same. What proves another domain proves nothing, and
 * a mail with several From has no author. SPF is looked up for who hands the mail over; for a mail that
 * came by a server in front it is what that one found, if it is trusted.
 *
 * A signature proves its mail for ever, whoever sends it again to whomever. It therefore counts only if it
 * covers the whole body and a To or Cc that names the addressee.
 *
 * Forged is a mail whose author's domain says so, by DMARC or by SPF for who hands it over, or of which any
 * server on its way said so. Where nothing is given, and where DNS is silent, the verdict is open.
 *
 * @param proof with `required` nothing is decided while DNS is silent.
 * @throws SilentDnsError if the result depends on an answer that DNS does not give; the mail is then tried again.
 */
export async function checkAuthor(
  raw: Uint8Array,
  origin: Origin,
  addressee: string,
  resolver: DNSResolver,
  proof: Proof = 'given',
): Promise<Author> {
  const session = 'ip' in origin ? origin : undefined;
  const { spf, dkim } = await authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.length), {
    ...session,
    resolver,
    disableDmarc: true,
    disableArc: true,
    disableBimi: true,
  });
  const [address] = dkim.headerFrom;
  if (!address || dkim.headerFrom.length > 1) return NOBODY;
  const isDenied = hasClaimOfFailure(dkim.headers?.parsed ?? []);
  if ('isRetold' in origin && origin.isRetold) return { address, verdict: isDenied ? 'forged' : 'open' };

  const signatures = dkim.results.filter(
    ({ status, signingHeaders }) =>
      status.result === 'pass' && !status.underSized && isAddressed(signingHeaders?.headers ?? [], addressee),
  );
  const ownSpf = session && spf ? spf : undefined;
  const spfDomain =
    'ip' in origin
      ? ownSpf?.status.result === 'pass' && ownSpf.domain
      : readTrustedSpf(dkim.headers?.parsed ?? [], origin.trustedServer);
  const judge = (spfDomains: string[], dkimResults: typeof signatures) =>
    dmarc({
      headerFrom: dkim.headerFrom,
      fromFields: dkim.fromFields,
      spfDomains,
      dkimDomains: dkimResults.map(({ signingDomain = '' }) => ({ domain: signingDomain })),
      resolver,
    });
  const policy = await judge(spfDomain ? [spfDomain] : [], signatures);
  if (!policy) return NOBODY;
  const { result, header } = policy.status;
  const isAligned = signatures.some(({ status }) => status.aligned) || spfDomain === header?.from;
  if (result === 'pass' || (result === 'none' && isAligned)) return { address, verdict: 'proven' };

  const unansweredSpf = ownSpf?.status.result === 'temperror' ? [ownSpf.domain] : [];
  const unanswered = dkim.results.filter(({ status }) => status.result === 'temperror');
  const isSilent = result === 'temperror' || unansweredSpf.length > 0 || unanswered.length > 0;
  if (isSilent && proof === 'required') throw new SilentDnsError('DNS did not answer');
  if (isDenied) return { address, verdict: 'forged' };
  if (result === 'fail') {
    // The domain demands proof, and a possible proof could not be looked up, so the verdict must wait.
    const best = isSilent && (await judge(unansweredSpf, unanswered));
    if (best && best.status.result === 'pass') throw new SilentDnsError('DNS did not answer');
    return { address, verdict: 'forged' };
  }
  const isRefusedBySpf = ownSpf?.status.result === 'fail' && ownSpf.domain === header?.from;
  return { address, verdict: isRefusedBySpf && !isAligned ? 'forged' : 'open' };
}

/** Whether these header lines, as a signature covers them, address somebody. */
function isAddressed(lines: string[], addressee: string): boolean {
  return lines
    .filter((line) => /^(to|cc)\s*:/i.test(line))
    .flatMap((line) => parseAddresses(line.slice(line.indexOf(':') + 1)))
    .some((address) => isSameAddress(address, addressee));
}
