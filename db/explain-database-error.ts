import { isStartError, StartError } from './start-error.ts';

/** What to do where a pooler stands before PostgreSQL and does not lend a connection for as long as it is open. */
export const POOLER_REMEDY =
  'use its session pooling (pool_mode = session), or the address of PostgreSQL itself (docs/scaling.md)';

/** The StartError for what a first connection or a migration met; anything unknown is returned as it is. */
export function explainDatabaseError(error: unknown, url: string): unknown {
  if (isStartError(error)) return error;
  const cause = findCoded(error);
  const code = cause?.code ?? '';
  const place = describePlace(url);
  const say = (text: string) => new StartError(`DATABASE_URL: ${text}`);
  if (code === '28P01' || code === '28000') {
    return say(`${place} refuses the user or password (${oneLine(cause)}); correct them in the address.`);
  }
  if (code === '3D000')
    return say(`${place} has no such database (${oneLine(cause)}); create it with createdb.`);
  if (code === '42501') {
    return say(
      `the user lacks a right in ${place} (${oneLine(cause)}); make it the owner: ALTER DATABASE name OWNER TO user.`,
    );
  }
  if (code === '08P01') {
    return say(
      `the connection pooler at ${place} refuses what Dandul asks (${oneLine(cause)}); ${POOLER_REMEDY}.`,
    );
  }
  if (code === '42P07' || code === '42710') {
    return say(
      `${place} holds tables of another program (${oneLine(cause)}); give Dandul a database of its own: createdb dandul.`,
    );
  }
  if (code === '53300')
    return say(`${place} takes no more connections; raise max_connections or stop another client.`);
  if (code === '53100') return say(`the disk of ${place} is full; free some space there.`);
  if (code.startsWith('57P'))
    return say(`${place} is starting or stopping (${oneLine(cause)}); try again in a moment.`);
  if (/^(E[A-Z_]+|CERT_|DEPTH_|SELF_SIGNED|UNABLE_)/.test(code)) {
    return say(
      `${place} cannot be reached (${oneLine(cause) || code}); is PostgreSQL running there, and the address right?`,
    );
  }
  if (/timeout|timed out|terminated unexpectedly|does not support SSL/i.test(oneLine(error))) {
    return say(`${place} does not answer (${oneLine(error)}); check host, port, firewall and sslmode.`);
  }
  return error;
}

/** The first error with a code: libraries wrap the driver's errors, and refusals come in groups. */
function findCoded(error: unknown): { code: string; message: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (error instanceof AggregateError) return findCoded(error.errors[0]);
  if (typeof code === 'string') return { code, message: error.message };
  return findCoded(error.cause);
}

/** Where a connection string leads, without its secrets. */
export function describePlace(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host || 'the local socket'}${pathname}`;
  } catch {
    return 'the address';
  }
}

/** The first line of what an error says. */
export function oneLine(error: unknown): string {
  return error && typeof error === 'object' && 'message' in error
    ? (String(error.message).split('\n')[0] ?? '')
    : String(error);
}
