import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * Nodes of the release before run beside a schema that a newer one has migrated, until they are replaced. So a
 * migration only expands. What a release needs no more is taken away by a later one, in a migration that names the
 * last release which needed it: `-- contract after 1.2.0`.
 */
const CONTRACTIONS = [
  /\bdrop\s+(table|column|schema|type)\b/i,
  /\brename\b/i,
  /\balter\s+column\s+\S+\s+(set\s+not\s+null|(set\s+data\s+)?type)\b/i,
  /\badd\s+column\s+(?!.*\bdefault\b).*\bnot\s+null\b/i,
];

/** The statements that take away, or ask for, what the release before does not know of. */
function findContractions(migration: string): string[] {
  if (/^-- contract after \d+\.\d+\.\d+$/m.test(migration)) return [];
  const statements = migration.split('--> statement-breakpoint');
  const made = new Set([...migration.matchAll(/\bcreate\s+table\s+("\w+")/gi)].map(([, table]) => table));
  const narrows = (statement: string) => {
    const [, table] = statement.match(/\balter\s+table\s+("\w+")\s+add\s+constraint\b/i) ?? [];
    return table !== undefined && !made.has(table);
  };
  return statements.filter((one) => narrows(one) || CONTRACTIONS.some((pattern) => pattern.test(one)));
}

const folder = path.resolve(import.meta.dirname, '../../../db/migrations');
const migrations = globSync('*.sql', { cwd: folder }).toSorted();

test.each(migrations)('the release before %s can live beside what it makes', (file) => {
  expect(findContractions(readFileSync(path.join(folder, file), 'utf8'))).toEqual([]);
});

test.each([
  'DROP TABLE "receipts";',
  'ALTER TABLE "users" DROP COLUMN "locale";',
  'ALTER TABLE "users" RENAME COLUMN "locale" TO "language";',
  'ALTER TABLE "users" ALTER COLUMN "time_zone" SET NOT NULL;',
  'ALTER TABLE "users" ALTER COLUMN "locale" SET DATA TYPE integer;',
  'ALTER TABLE "users" ADD COLUMN "role" text NOT NULL;',
  'ALTER TABLE "users" ADD CONSTRAINT "users_role" CHECK (true);',
])('%s is seen as a contraction', (statement) => {
  expect(findContractions(statement)).toEqual([statement]);
  expect(findContractions(`-- contract after 0.9.1\n${statement}`)).toEqual([]);
});

test.each([
  'ALTER TABLE "users" ADD COLUMN "role" text DEFAULT \'member\' NOT NULL;',
  'ALTER TABLE "users" ALTER COLUMN "password_hash" DROP NOT NULL;',
  'CREATE TABLE "pins" ("seq" integer NOT NULL);--> statement-breakpoint\nALTER TABLE "pins" ADD CONSTRAINT "a" CHECK (true);',
])('%s only expands', (statement) => {
  expect(findContractions(statement)).toEqual([]);
});
