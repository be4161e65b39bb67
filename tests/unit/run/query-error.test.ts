import { inspect } from 'node:util';
import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { serializeError } from '#lib/runtime/log.ts';

function makeError(): DrizzleQueryError {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    detail: 'Key (email_key)=(secret@example.com) already exists.',
  });
  return new DrizzleQueryError('insert into users values ($1)', ['secret@example.com\nsecret body'], cause);
}

test('a failed query is logged with its cause and without its values', () => {
  const logged = JSON.stringify(serializeError(makeError()));
  expect(logged).toContain('insert into users');
  expect(logged).toContain('duplicate key value');
  expect(logged).not.toContain('secret');
  expect(logged).toContain('query-error.test.ts');
});

test('printed by others, it shows no values either', () => {
  const printed = inspect(makeError());
  expect(printed).toContain('insert into users');
  expect(printed).toContain('duplicate key value');
  expect(printed).not.toContain('secret');
});

test('the row that PostgreSQL quotes is not logged', () => {
  expect(JSON.stringify(serializeError(makeError().cause as Error))).not.toContain('secret');
});

test('a lost connection is logged without the queries that wait in it', () => {
  const client = { connectionParameters: { user: 'dandul' }, _queryQueue: [{ values: ['secret body'] }] };
  const lost = Object.assign(new Error('terminating connection'), { code: '57P01', client });
  const logged = JSON.stringify(serializeError(lost));
  expect(logged).toContain('57P01');
  expect(logged).not.toContain('secret');
});
