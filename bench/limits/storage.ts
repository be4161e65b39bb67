import type pg from 'pg';
import type { Figure } from '../core/types.ts';

/** What a row of a table takes on disk, in the table and in each of its indexes. */
export async function measureStorage(pool: pg.Pool, table: string): Promise<Figure[]> {
  const { rows } = await pool.query<{ name: string; bytes: number }>(
    `select relation.relname as name,
       pg_relation_size(relation.oid)::float8 / (select count(*) from ${table}) as bytes
     from pg_class relation left join pg_index i on i.indexrelid = relation.oid
     where relation.oid = $1::regclass or i.indrelid = $1::regclass
     order by i.indexrelid is not null, relation.relname`,
    [table],
  );
  return rows.map(({ name, bytes }) => ({ what: `bytes a row: ${name}`, value: bytes, unit: '' }));
}
