import { getTableName, is } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { PgTable } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import * as schema from './schema/index.ts';
import { StartError } from './start-error.ts';

const TABLES = Object.values(schema).flatMap((value) => (is(value, PgTable) ? [getTableName(value)] : []));

/**
 * Sees that the tables of a database are this program's, and no newer than this release.
 *
 * @throws StartError when migrating would mix two programs, or running would write what a newer release forbids.
 */
export async function checkSchema(client: pg.Client, migrationsFolder: string): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis);
  const applied = await readApplied(client);
  if (applied.length === 0) return refuseForeignTables(client);
  if (!applied.some((time) => known.includes(time))) {
    throw foreign('its migrations are those of another program');
  }
  if (applied.some((time) => time > Math.max(...known))) {
    throw new StartError(
      'The database was changed by a newer release of Dandul, which this one does not know: start that release again, or restore a backup from before it.',
    );
  }
}

/** When the migrations that this database has had were made (milliseconds), as drizzle notes them. */
async function readApplied(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as notes`);
  if (!rows[0].notes) return [];
  const applied = await client.query('select created_at from drizzle.__drizzle_migrations');
  return applied.rows.map((row) => Number(row.created_at));
}

async function refuseForeignTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = current_schema() and c.relname = any($1) order by c.relname`,
    [TABLES],
  );
  if (rows.length > 0) throw foreign(`it has a table ${rows[0].relname} already`);
}

function foreign(reason: string): StartError {
  return new StartError(
    `The database holds tables of another program (${reason}): give Dandul a database of its own (createdb dandul) and name it in DATABASE_URL; nothing was changed.`,
  );
}
