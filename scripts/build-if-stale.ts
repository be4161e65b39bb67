import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Builds the pages, and says so, if their sources have changed since the last build; otherwise it is quick.
 * Runs before `npm start`.
 */

const ROOT = path.resolve(import.meta.dirname, '..');
/** What `next build` reads. Anything else (tests, docs, the server's own files) never makes it stale. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'db',
  'patches',
  'public',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

const distDir = path.resolve(ROOT, process.env.NEXT_DIST_DIR || '.next');
const stampFile = path.join(distDir, 'dandul-build-inputs');

const stamp = hashInputs();
const built =
  existsSync(path.join(distDir, 'BUILD_ID')) && existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
if (built !== stamp) build();

function build(): void {
  console.log(built ? 'Building (the sources have changed)…' : 'Building (first start only)…');
  const result = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DANDUL_BUILD_ID: stamp.slice(0, 20),
    },
  });
  if (result.status !== 0) {
    console.error(`${result.stdout}${result.stderr}`);
    console.error('Dandul cannot start. The build failed for the reason above.');
    process.exit(1);
  }
  // If a source is saved while the build runs, the next start builds again.
  writeFileSync(stampFile, stamp);
}

function hashInputs(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of SOURCES.flatMap(listFiles)) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function listFiles(name: string): string[] {
  const entry = path.join(ROOT, name);
  if (!existsSync(entry)) return [];
  if (path.extname(name)) return [name];
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => path.relative(ROOT, path.join(found.parentPath, found.name)))
    .sort();
}
