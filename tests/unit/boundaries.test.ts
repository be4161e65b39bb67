import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import config from '../../dependency-cruiser.config.ts';
import {
  type Breach,
  cruiseSources,
  findLoaded,
  type Source,
} from '../../scripts/boundaries/cruise-sources.ts';
import { drawParts, putPicture } from '../../scripts/boundaries/draw-parts.ts';
import { watchedPaths } from '../../scripts/dev/watched-paths.ts';

const root = path.resolve(import.meta.dirname, '../..');

let sources: Source[];
let breaches: Breach[];
beforeAll(async () => {
  ({ sources, breaches } = await cruiseSources(root));
});

test('imports run the way that dependency-cruiser.config.ts says', () => {
  expect(sources.length).toBeGreaterThan(300);
  expect(breaches).toEqual([]);
});

test('docs/architecture.md shows the parts as they are (npm run boundaries draws them)', () => {
  const document = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  expect(document).toBe(putPicture(document, drawParts(sources)));
});

/** What no browser can load, besides Node.js itself and the database. */
const SERVER_PACKAGES =
  /^node_modules\/(pg|pg-boss|redis|pino|next-auth|nodemailer|resend|@node-rs\/[^/]+)\/|^node_modules\/next\/headers/;

test('components load nothing that a browser cannot', () => {
  const components = sources.filter(({ file }) => file.startsWith('components/'));
  const found = components.flatMap(({ file }) =>
    findLoaded(sources, file).flatMap((loaded) =>
      loaded.imports
        .filter(({ isTypeOnly }) => !isTypeOnly)
        .filter(({ target, isNode }) => isNode || target.startsWith('db/') || SERVER_PACKAGES.test(target))
        .map(({ target }) => `${file}: ${loaded.file} -> ${target}`),
    ),
  );
  expect(components.length).toBeGreaterThan(50);
  expect(found).toEqual([]);
});

test('what server.ts loads imports nothing of Next but `next` itself', () => {
  const loaded = findLoaded(sources, 'server.ts');
  const found = loaded.flatMap(({ file, imports }) =>
    imports
      .filter(({ target, isTypeOnly }) => {
        if (isTypeOnly) return false;
        if (target.startsWith('node_modules/next/')) return file !== 'server.ts';
        const isReact = /^node_modules\/(react|server-only)\//.test(target) && !file.startsWith('lib/email/');
        return isReact || /^(app|components)\//.test(target);
      })
      .map(({ target }) => `${file} -> ${target}`),
  );
  expect(loaded.length).toBeGreaterThan(40);
  expect(found).toEqual([]);
});

test('the dev server starts anew for every file that server.ts loads', () => {
  const isWatched = (file: string) =>
    watchedPaths.some((watched) => file === watched || file.startsWith(`${watched}/`));
  const loaded = findLoaded(sources, 'server.ts').map(({ file }) => file);
  expect(loaded.filter((file) => !isWatched(file))).toEqual([]);
});

test('the environment is read in lib/runtime/env.ts only', () => {
  const readers = sources
    .map(({ file }) => file)
    .filter((file) => /^(app|components|lib|db)\//.test(file) && /\.tsx?$/.test(file))
    .filter((file) => /\bprocess\.env\b/.test(readFileSync(path.join(root, file), 'utf8')));
  expect(readers.filter((file) => !file.startsWith('db/embedded'))).toEqual(['lib/runtime/env.ts']);
});

/** For each rule a file that breaks it, and what that imports. */
const BREAKERS: [rule: string, file: string, imported: string][] = [
  ['lib-text', 'lib/text/a.ts', 'lib/runtime/log.ts'],
  ['lib-i18n', 'lib/i18n/a.ts', 'lib/i18n/server.ts'],
  ['lib-runtime', 'lib/operations/a.ts', 'lib/auth/empty.ts'],
  ['lib-auth', 'lib/auth/a.ts', 'lib/email/empty.ts'],
  ['lib-actions', 'lib/actions/a.ts', 'lib/email/empty.ts'],
  ['lib-chat', 'lib/chat/a.ts', 'lib/realtime/empty.ts'],
  ['lib-search', 'lib/search/a.ts', 'lib/jobs/empty.ts'],
  ['lib-jobs', 'lib/jobs/a.ts', 'lib/email/empty.ts'],
  ['lib-email', 'lib/email/a.ts', 'lib/notifications/empty.ts'],
  ['lib-notifications', 'lib/notifications/a.ts', 'lib/realtime/empty.ts'],
  ['lib-realtime', 'lib/realtime/a.ts', 'lib/email/empty.ts'],
  ['lib-lifecycle', 'lib/lifecycle/a.ts', 'lib/chat-client/empty.ts'],
  ['lib-chat-client', 'lib/chat-client/a.ts', 'lib/email/empty.ts'],
  ['lib-request-locale', 'lib/i18n/server.ts', 'lib/chat/empty.ts'],
  ['lib-unknown-part', 'lib/new/a.ts', 'lib/new/empty.ts'],
  ['app', 'app/a.ts', 'db/empty.ts'],
  ['components', 'components/a.ts', 'app/empty.ts'],
  ['lib', 'lib/email/b.ts', 'components/empty.ts'],
  ['db', 'db/a.ts', 'lib/chat/empty.ts'],
  ['product-without-tools', 'app/b.ts', 'tests/empty.ts'],
  ['one-door-to-the-queue', 'lib/email/c.ts', 'node_modules/pg-boss/index.ts'],
  ['one-door-to-sockets', 'lib/chat/b.ts', 'node_modules/socket.io/index.ts'],
  ['no-cycle', 'lib/text/b.ts', 'lib/text/c.ts'],
  ['no-broken-import', 'app/c.ts', 'app/nowhere.ts'],
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-boundaries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(folder, file), text, { flag: 'a' });
}

test('each rule is broken by what it forbids, also by a type', async () => {
  for (const file of ['server.ts', 'proxy.ts', ...BREAKERS.map(([, , imported]) => imported)]) {
    if (file !== 'app/nowhere.ts') write(file, '');
  }
  for (const [index, [, file, imported]] of BREAKERS.entries()) {
    const target = path.relative(path.dirname(file), imported);
    const specifier = target.startsWith('.') ? target : `./${target}`;
    write(file, `import ${index % 2 ? 'type ' : ''}{ a } from '${specifier}';\n`);
  }
  write('lib/text/c.ts', `import type { b } from './b.ts';\n`);
  const { breaches: found } = await cruiseSources(folder);
  for (const [rule, file, imported] of BREAKERS) {
    const named = found.filter(
      ({ from, to }) => from === file && (to === imported || rule === 'no-broken-import'),
    );
    expect(named.map((breach) => breach.rule)).toContain(rule);
  }
  const rules = config.forbidden?.map(({ name }) => name) ?? [];
  expect(BREAKERS.map(([rule]) => rule).sort()).toEqual(rules.sort());
});
