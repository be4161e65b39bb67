import { getDb, getPool } from '#db/client.ts';
import { forgetUndos } from '#db/queries/undos.ts';

/** Lets the ten seconds be over in which deletions can be undone, and forgets what was kept for that. */
export async function endUndos(): Promise<void> {
  await getPool().query(`update undos set expires_at = now() - interval '1 second'`);
  await forgetUndos(getDb());
}

/** Every table that a text stands in, whatever the column. */
export async function findText(text: string): Promise<string[]> {
  const { rows } = await getPool().query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
  );
  const holders = [];
  for (const { name } of rows) {
    const found = await getPool().query(
      `select 1 from ${name} r where r::text like '%' || $1 || '%' limit 1`,
      [text],
    );
    if (found.rowCount) holders.push(name);
  }
  return holders;
}
