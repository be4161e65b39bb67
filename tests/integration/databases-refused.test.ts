import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { checkDatabase } from '#db/check-database.ts';
import { migrateDatabase } from '#db/migrate.ts';

const made: string[] = [];

async function ask(url: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results = [];
    for (const statement of statements) results.push((await client.query(statement)).rows);
    return results;
  } finally {
    await client.end();
  }
}

/** A database of its own: with `create database`'s options, and after these statements. */
async function makeDatabase(options = '', ...statements: string[]): Promise<string> {
  const name = `refused_${randomUUID().replaceAll('-', '')}`;
  await ask(inject('databaseUrl'), `create database ${name} ${options}`);
  made.push(name);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  await ask(url.href, ...statements);
  return url.href;
}

afterAll(async () => {
  for (const name of made) await ask(inject('databaseUrl'), `drop database ${name} with (force)`);
});

/** The names of all tables, to see that a refusal changed nothing. */
const listTables = async (url: string) =>
  ask(
    url,
    `select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );

test.each(['LATIN1', 'EUC_KR', 'SQL_ASCII', 'WIN1252'])(
  'a database encoded in %s is refused',
  async (encoding) => {
    const url = await makeDatabase(
      `encoding '${encoding}' template template0 lc_collate 'C' lc_ctype 'C' locale_provider libc`,
    );
    await expect(checkDatabase(url)).rejects.toThrow(
      new RegExp(`encoded in ${encoding}, .*createdb --encoding=UTF8 --template=template0`),
    );
  },
);

test('a database that takes no changes is refused', async () => {
  const url = await makeDatabase();
  const name = new URL(url).pathname.slice(1);
  await ask(url, `alter database ${name} set default_transaction_read_only = on`);
  await expect(checkDatabase(url)).rejects.toThrow(/takes no changes.*primary/);
  await ask(url, 'set default_transaction_read_only = off', `alter database ${name} reset all`);
});

test('a database of a newer release is refused, and left as it is', async () => {
  const url = await makeDatabase();
  await migrateDatabase(url);
  await ask(
    url,
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 4102444800000)`,
  );
  const before = await listTables(url);
  await expect(migrateDatabase(url)).rejects.toThrow(/newer release of Dandul.*start that release again/);
  expect(await listTables(url)).toEqual(before);
});

test('a database of this release is used again', async () => {
  const url = await makeDatabase();
  await migrateDatabase(url);
  await migrateDatabase(url);
  await checkDatabase(url);
});

test.each([
  ['a table of the same name', 'create table users (name text)'],
  ['a view of the same name', 'create view sessions as select 1 as one'],
  [
    'migrations of its own',
    `create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
     insert into drizzle.__drizzle_migrations (hash, created_at) values ('theirs', 1600000000000)`,
  ],
])('a database of another program, with %s, is refused and left as it is', async (_, statement) => {
  const url = await makeDatabase('', statement);
  const before = await listTables(url);
  await expect(migrateDatabase(url)).rejects.toThrow(/tables of another program.*database of its own/);
  expect(await listTables(url)).toEqual(before);
});

test('tables of another name are in nobody’s way', async () => {
  const url = await makeDatabase('', 'create table spatial_ref_sys (srid integer)');
  await migrateDatabase(url);
});

test('another schema than public is refused before anything is made there', async () => {
  const url = await makeDatabase('', 'create schema apart');
  await expect(checkDatabase(`${url}?options=-c%20search_path%3Dapart`)).rejects.toThrow(
    /leads to the schema apart, .*in public.*search_path/,
  );
});
