import { isLoopback } from '#lib/operations/loopback.ts';

/** How long (ms) a connection may take to be there. */
const CONNECT_TIMEOUT_MS = 30_000;
/** How long (ms) a server may take to greet (RFC 5321, 4.5.3.2.1). */
const GREETING_TIMEOUT_MS = 5 * 60_000;
/**
 * How long (ms) a server may be silent otherwise: the ten minutes that it has after the end of a mail (RFC 5321,
 * 4.5.3.2.6), the longest of all waits. Whoever leaves earlier and tries again sends a second copy.
 */
export const SMTP_SILENCE_MS = 10 * 60_000;
/** Connections at a time, of every node. */
export const SMTP_CONNECTIONS = 5;

/** Words in SMTP_URL by which nodemailer would leave a connection unencrypted. */
const TLS_SWITCHES = ['secure', 'requireTLS', 'ignoreTLS', 'opportunisticTLS'];

/** Whether a password goes to this server only over an encrypted connection: to all but this machine itself. */
export function mustEncrypt(smtpUrl: string): boolean {
  const { hostname, username, password, protocol } = new URL(smtpUrl);
  const isGuarded = username !== '' || password !== '';
  return protocol === 'smtp:' && isGuarded && !isLoopback(hostname.replace(/^\[|\]$/g, ''));
}

/** How the server of SMTP_URL is spoken to. */
export function makeSmtpOptions(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const requireTLS = mustEncrypt(smtpUrl);
  // What stands in the address outweighs the options beside it.
  if (requireTLS) for (const name of TLS_SWITCHES) url.searchParams.delete(name);
  return {
    url: url.href,
    requireTLS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SMTP_SILENCE_MS,
  };
}
