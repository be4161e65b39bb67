import pg from 'pg';
import { checkPooling } from './check-pooling.ts';
import { getConnectionOptions, SESSION_SETTINGS } from './client.ts';
import { describePlace, explainDatabaseError, oneLine } from './explain-database-error.ts';
import { StartError } from './start-error.ts';

/** `numeric` server versions: 150000 is PostgreSQL 15. */
const OLDEST_VERSION = 150_000;

/**
 * Connects as the pool does to see that the database can be used.
 *
 * @throws StartError saying what is wrong with DATABASE_URL and how to mend it.
 */
export async function checkDatabase(url: string): Promise<void> {
  const client = makeClient(url);
  try {
    await client.connect();
    await client.query(SESSION_SETTINGS);
    await checkServer(client, describePlace(url));
    await checkPooling(client, () => makeClient(url));
  } catch (error) {
    throw explainDatabaseError(error, url);
  } finally {
    await client.end().catch(() => {});
  }
}

type Server = { version: number; encoding: string; schema: string | null; isReadOnly: boolean };

async function checkServer(client: pg.Client, place: string): Promise<void> {
  const { rows } = await client.query<Server>(
    `select current_setting('server_version_num')::int as version,
       current_setting('server_encoding') as encoding,
       current_schema() as schema,
       current_setting('transaction_read_only') = 'on' as "isReadOnly"`,
  );
  const { version, encoding, schema, isReadOnly } = rows[0] as Server;
  if (version < OLDEST_VERSION) {
    throw new StartError(
      `DATABASE_URL: PostgreSQL ${Math.floor(version / 10_000)} is too old, Dandul needs 15 or newer; upgrade it, or unset DATABASE_URL to use the embedded one.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new StartError(
      `DATABASE_URL: ${place} is encoded in ${encoding}, which cannot hold what people write; make another one: createdb --encoding=UTF8 --template=template0 NAME.`,
    );
  }
  if (schema !== 'public') {
    throw new StartError(
      `DATABASE_URL: ${place} leads to the schema ${schema ?? 'of nobody'}, and Dandul's tables are in public; give it a database of its own, without search_path in the address or at the user.`,
    );
  }
  if (isReadOnly) {
    throw new StartError(
      `DATABASE_URL: ${place} takes no changes (it is a copy, or default_transaction_read_only is on); use the address of the primary server.`,
    );
  }
}

function makeClient(url: string): pg.Client {
  try {
    return new pg.Client({ ...getConnectionOptions(url), query_timeout: 10_000 });
  } catch (error) {
    throw new StartError(
      `DATABASE_URL cannot be read (${oneLine(error)}): it must look like postgres://user:password@host:5432/database, with special characters in the password percent-encoded.`,
    );
  }
}
