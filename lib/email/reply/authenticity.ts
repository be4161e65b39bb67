import { authenticate, type DNSResolver, dmarc } from 'mailauth';
import { isSameAddress, parseAddresses } from './incoming.ts';
import { readTrustedSpf } from './trusted-spf.ts';

/** DNS did not say who may send for a domain; later it may. */
export class SilentDnsError extends Error {
  readonly code = 'DNS_SILENT';
}

/** Who hands a mail over: their address and name, the envelope's sender, and this server's own name. */
export type Session = { ip: string; helo: string; sender: string; mta: string };

/** How a mail came: straight from whoever sends it, or by a server in front, whose name may be trusted. */
export type Origin = Session | { trustedServer: string | undefined };

/** The one address in From, if there is one, and whether its domain is proven to have sent the mail. */
export type Author = { address: string | undefined; isProven: boolean };

/**
 * Checks who wrote a mail. Proof is DMARC, or where the author's domain publishes none, a DKIM signature
 * that aligns with that domain or SPF of the very same. What proves another domain proves nothing, and
 * a mail with several From has no author. SPF is looked up for who hands the mail over; for a mail that
 * came by a server in front it is what that one found, if it is trusted.
 *
 * A signature goes on proving its mail for ever, to whomever that is sent again. So it counts only when it
 * covers the whole body and a To or Cc that names the addressee.
 *
 * @throws SilentDnsError when what DNS does not answer decides; the mail is to be tried again then.
 */
export async function checkAuthor(
  raw: Uint8Array,
  origin: Origin,
  addressee: string,
  resolver: DNSResolver,
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
  if (!address || dkim.headerFrom.length > 1) return { address: undefined, isProven: false };

  const signatures = dkim.results.filter(
    ({ status, signingHeaders }) =>
      status.result === 'pass' && !status.underSized && isAddressed(signingHeaders?.headers ?? [], addressee),
  );
  const ownSpf = session && spf ? spf : undefined;
  const spfDomain =
    'ip' in origin
      ? ownSpf?.status.result === 'pass' && ownSpf.domain
      : readTrustedSpf(dkim.headers?.parsed ?? [], origin.trustedServer);
  const policy = await dmarc({
    headerFrom: dkim.headerFrom,
    fromFields: dkim.fromFields,
    spfDomains: spfDomain ? [spfDomain] : [],
    dkimDomains: signatures.map(({ signingDomain = '' }) => ({ domain: signingDomain })),
    resolver,
  });
  if (!policy) return { address: undefined, isProven: false };
  const { result, header } = policy.status;
  const isAligned = signatures.some(({ status }) => status.aligned) || spfDomain === header?.from;
  if (result === 'pass' || (result === 'none' && isAligned)) return { address, isProven: true };
  const results = [result, ownSpf?.status.result, ...dkim.results.map(({ status }) => status.result)];
  if (results.includes('temperror')) throw new SilentDnsError('DNS did not answer');
  return { address, isProven: false };
}

/** Whether these header lines, as a signature covers them, address somebody. */
function isAddressed(lines: string[], addressee: string): boolean {
  return lines
    .filter((line) => /^(to|cc)\s*:/i.test(line))
    .flatMap((line) => parseAddresses(line.slice(line.indexOf(':') + 1)))
    .some((address) => isSameAddress(address, addressee));
}
