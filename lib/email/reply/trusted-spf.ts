import parseHeader from 'mailauth/lib/parse-dkim-headers.js';

/**
 * The domain for which the server in front found that SPF passes, by the topmost
 * Authentication-Results that bears its name (RFC 8601): further down may be what the sender wrote.
 * Undefined when no name is trusted.
 */
export function readTrustedSpf(
  headers: { key: string; line: Buffer }[],
  trustedServer: string | undefined,
): string | undefined {
  if (!trustedServer) return undefined;
  for (const { key, line } of headers) {
    if (key !== 'authentication-results') continue;
    const { value = '', spf } = parseHeader(line).parsed;
    // The name may be followed by a version.
    if (value.split(/[\s/]/)[0]?.toLowerCase() !== trustedServer.toLowerCase()) continue;
    if (spf?.value?.toLowerCase() !== 'pass') return undefined;
    const sender = spf.smtp?.mailfrom ?? '';
    return sender.slice(sender.lastIndexOf('@') + 1).toLowerCase() || undefined;
  }
  return undefined;
}
