import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folders = ['app', 'components', 'lib', 'db'];

/** Imports of a source file as project paths (`lib/env.ts`) or package names; type-only ones apart. */
function readImports(file: string): { target: string; isTypeOnly: boolean }[] {
  const source = readFileSync(path.join(root, file), 'utf8');
  const pattern = /^\s*(?:import|export)\s+(type\s)?[^'";]*?(?:from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...source.matchAll(pattern)].map(([, type, fixed, dynamic]) => {
    const name = (fixed ?? dynamic) as string;
    const target = name.startsWith('#')
      ? name.slice(1)
      : name.startsWith('.')
        ? path.join(path.dirname(file), name)
        : name;
    return { target, isTypeOnly: Boolean(type) };
  });
}

const sources = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
);

/** Whether a file of `folder` may import `target`. */
function isAllowed(folder: string, target: string, isTypeOnly: boolean): boolean {
  const into = folders.find((name) => target.startsWith(`${name}/`));
  if (!into || into === folder) return true;
  if (folder === 'app') return into !== 'db';
  if (folder === 'components') return into === 'lib' && (isTypeOnly || isClientSafe(target));
  if (folder === 'lib') return into === 'db';
  return /^lib\/(env|log|memo|redis|text\/.+)\.ts$/.test(target);
}

/** A lib file that a browser can load: nothing it imports, however far, is a server's. */
function isClientSafe(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return true;
  seen.add(file);
  if (!/\.tsx?$/.test(file)) {
    return !/^(node:|pg$|pg-boss|redis|pino|next\/headers|next-auth|nodemailer|resend|@node-rs)/.test(file);
  }
  return readImports(file).every(
    ({ target, isTypeOnly }) => isTypeOnly || (!target.startsWith('db/') && isClientSafe(target, seen)),
  );
}

test.each(folders)('%s imports only what it may', (folder) => {
  const breaches = sources
    .filter((file) => file.startsWith(`${folder}/`))
    .flatMap((file) =>
      readImports(file)
        .filter(({ target, isTypeOnly }) => !isAllowed(folder, target, isTypeOnly))
        .map(({ target }) => `${file} -> ${target}`),
    );
  expect(breaches).toEqual([]);
});

test('what server.ts reaches imports nothing of Next but `next` itself', () => {
  const seen = new Set<string>();
  const breaches: string[] = [];
  const visit = (file: string) => {
    if (seen.has(file) || !/\.tsx?$/.test(file)) return;
    seen.add(file);
    for (const { target, isTypeOnly } of readImports(file)) {
      if (isTypeOnly) continue;
      if (/^(next\/|server-only|react$|app\/|components\/)/.test(target) && !file.startsWith('lib/email/')) {
        breaches.push(`${file} -> ${target}`);
      }
      if (target === 'next' && file !== 'server.ts') breaches.push(`${file} -> next`);
      visit(target);
    }
  };
  visit('server.ts');
  expect(seen.size).toBeGreaterThan(40);
  expect(breaches).toEqual([]);
});

test('the environment is read in lib/env.ts only', () => {
  const readers = sources.filter((file) =>
    /\bprocess\.env\b/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  expect(readers.filter((file) => !file.startsWith('db/embedded'))).toEqual(['lib/env.ts']);
});
