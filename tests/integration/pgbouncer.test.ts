import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { checkDatabase } from '#db/check-database.ts';
import { getPool, poolSingleton, setDatabaseUrl } from '#db/client.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { listMailbox } from '#lib/email/mailbox/read-mailbox.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, say } from '../support/mail.ts';
import { runMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair } from '../support/people.ts';
import { findPgbouncerBin, startPgbouncer } from '../support/private-servers.ts';

const bin = findPgbouncerBin();
if (!bin) console.warn('pgbouncer is not installed: the tests of connection poolers are left out');

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-pooled-'));
const { url } = await setUpDatabase({ DATA_DIR: folder });

async function through<T>(settings: Record<string, string | number>, use: (url: string) => Promise<T>) {
  const pooler = await startPgbouncer(bin ?? '', url, settings);
  try {
    return await use(pooler.url);
  } finally {
    await pooler.stop();
  }
}

describe.skipIf(!bin)('behind PgBouncer', () => {
  test.each<Record<string, number>>([
    { server_round_robin: 0 },
    { server_round_robin: 1 },
    { default_pool_size: 1 },
  ])('transaction pooling is refused in plain words, also with %j', (settings) =>
    through({ pool_mode: 'transaction', ...settings }, (pooled) =>
      expect(checkDatabase(pooled)).rejects.toThrow(
        /pooler that lends connections by the transaction.*pool_mode = session.*docs\/scaling\.md/,
      ),
    ),
  );

  test('statement pooling is refused in plain words', () =>
    through({ pool_mode: 'statement' }, (pooled) =>
      expect(checkDatabase(pooled)).rejects.toThrow(/pooler .*refuses what Dandul asks.*pool_mode = session/),
    ));

  test('session pooling with too few connections is refused with how many it takes', () =>
    through({ pool_mode: 'session', default_pool_size: 5 }, (pooled) =>
      expect(checkDatabase(pooled)).rejects.toThrow(
        /too few connections; let it lend 16 to each process of Dandul \(default_pool_size/,
      ),
    ));

  test('a setting in the address that it refuses is told', () =>
    through({ pool_mode: 'session' }, (pooled) =>
      expect(checkDatabase(`${pooled}?options=-c%20geqo%3Doff`)).rejects.toThrow(
        /pooler .*unsupported startup parameter: options/,
      ),
    ));
});

describe.skipIf(!bin)('behind PgBouncer with session pooling', async () => {
  const pooler = bin && (await startPgbouncer(bin, url, { pool_mode: 'session', default_pool_size: 40 }));
  if (pooler) setDatabaseUrl(pooler.url);
  runMailWorkers(async () => {
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(async () => {
    await stopMailWorkers();
    await getPool().end();
    // What follows for every file ends a pool as well.
    poolSingleton.clear();
    setDatabaseUrl(url);
    if (pooler) await pooler.stop();
  });

  test('a start, a message and its mail work', async () => {
    const pooled = pooler ? pooler.url : '';
    await checkDatabase(pooled);
    await migrateDatabase(pooled);
    const { second, first, conversationId } = await addPair();
    await say(first, conversationId, '안녕하세요');
    await eventually(async () => {
      expect((await listMailbox()).map(({ to }) => to)).toContain(second.email);
    });
  });

  test('its connections have the limits of the pool', async () => {
    const { rows } = await getPool().query(
      `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
         current_setting('idle_in_transaction_session_timeout') as idle, current_setting('jit') as jit`,
    );
    expect(rows).toEqual([{ statement: '15s', lock: '1s', idle: '10s', jit: 'off' }]);
  });
});

test('the server of the tests is one without a pooler', () => checkDatabase(inject('databaseUrl')));
