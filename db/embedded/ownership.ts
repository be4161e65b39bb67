import pg from 'pg';

/** Any fixed number works; the process that holds the lock owns the embedded database. */
const OWNER_LOCK = 7_203_114_502;

export type Ownership =
  | { isOwner: true; client: pg.Client }
  /** The owner's process id. */
  | { isOwner: false; pid: number };

/**
 * Takes the embedded database for this process over a connection of its own. The lock ends with the
 * connection, so a killed process leaves none behind.
 */
export async function takeOwnership(url: string): Promise<Ownership> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `dandul owner ${process.pid}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // `end` follows and reports the lost connection.
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [OWNER_LOCK]);
  if (rows[0].taken) return { isOwner: true, client };
  const owner = await client.query(
    `select application_name from pg_stat_activity where application_name like 'dandul owner %' and pid <> pg_backend_pid() order by backend_start limit 1`,
  );
  await client.end();
  return { isOwner: false, pid: Number(owner.rows[0]?.application_name.split(' ')[2] ?? 0) };
}
