import pg from 'pg';
import { StartError } from './start-error.ts';

/** `numeric` server versions: 150000 is PostgreSQL 15. */
const OLDEST_VERSION = 150_000;

/**
 * Connects once to see that the database can be used.
 *
 * @throws StartError saying what is wrong with DATABASE_URL and how to mend it.
 */
export async function checkDatabase(url: string): Promise<void> {
  const client = makeClient(url);
  try {
    await client.connect();
    const { rows } = await client.query('show server_version_num');
    const version = Number(rows[0].server_version_num);
    if (version < OLDEST_VERSION) {
      throw new StartError(
        `DATABASE_URL: PostgreSQL ${Math.floor(version / 10_000)} is too old, Dandul needs 15 or newer; upgrade it, or unset DATABASE_URL to use the embedded one.`,
      );
    }
  } catch (error) {
    throw explainDatabaseError(error, url);
  } finally {
    await client.end().catch(() => {});
  }
}

function makeClient(url: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      application_name: 'dandul',
    });
  } catch (error) {
    throw new StartError(
      `DATABASE_URL cannot be read (${oneLine(error)}): it must look like postgres://user:password@host:5432/database, with special characters in the password percent-encoded.`,
    );
  }
}

/** The StartError for what a first connection or a migration met; anything unknown is returned as it is. */
export function explainDatabaseError(error: unknown, url: string): unknown {
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

function describePlace(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host || 'the local socket'}${pathname}`;
  } catch {
    return 'the address';
  }
}

function oneLine(error: unknown): string {
  return error && typeof error === 'object' && 'message' in error
    ? (String(error.message).split('\n')[0] ?? '')
    : String(error);
}
