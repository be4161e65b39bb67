import parseHeader from 'mailauth/lib/parse-dkim-headers.js';

const FAILURES = ['fail', 'hardfail'];

/**
 * Whether any Authentication-Results, of whatever server, says that the mail is forged: DMARC fails, or
 * SPF or DKIM does and nothing in the same header passes. No forger writes that into a mail,
 * so no server needs to be trusted here.
 */
export function hasClaimOfFailure(headers: { key: string; line: Buffer }[]): boolean {
  return headers.some(({ key, line }) => {
    if (key !== 'authentication-results') return false;
    const { spf, dkim = [], dmarc } = parseHeader(line).parsed;
    const read = (entry: { value?: string } | undefined) => entry?.value?.toLowerCase() ?? '';
    if (FAILURES.includes(read(dmarc))) return true;
    const found = [spf, ...dkim].map(read);
    return found.some((value) => FAILURES.includes(value)) && ![...found, read(dmarc)].includes('pass');
  });
}
