import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { replaceDurably } from '../durable.ts';
import { StartError } from '../start-error.ts';

/** Every copy of PG_VERSION: the cluster's and each database's. All have the same content. */
function listVersionFiles(cluster: string): string[] {
  const base = path.join(cluster, 'base');
  const databases = existsSync(base) ? readdirSync(base).filter((name) => /^\d+$/.test(name)) : [];
  return [cluster, ...databases.map((name) => path.join(base, name))].map((folder) =>
    path.join(folder, 'PG_VERSION'),
  );
}

function readVersion(file: string): string | undefined {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^(\d\d)\n$/.exec(text)?.[1];
}

/**
 * Rewrites missing or damaged copies of PG_VERSION from those that are whole.
 *
 * @param release the version of PostgreSQL's programs, such as `18.4.0`.
 * @throws StartError if no copy is whole, or if they name another version than that of the programs.
 */
export function mendVersions(cluster: string, release: string): void {
  const files = listVersionFiles(cluster);
  const version = files.map(readVersion).find((found) => found !== undefined);
  if (!version) {
    throw new StartError(
      `The embedded database in ${cluster} is damaged (no PG_VERSION says which PostgreSQL it belongs to): restore it from a backup, or move this folder away to begin empty.`,
    );
  }
  const own = release.split('.')[0];
  if (version !== own) {
    throw new StartError(
      `The embedded database in ${cluster} belongs to PostgreSQL ${version}, and this release of Dandul brings PostgreSQL ${own}: start the release that made it, save the data with pg_dump, and load it into the new one.`,
    );
  }
  for (const file of files) if (!readVersion(file)) replaceDurably(file, `${version}\n`);
}

/** What the server needs of them; every setting of its own is on PostgreSQL's command line. */
const CONFIGURATION = {
  'postgresql.conf': '',
  'postgresql.auto.conf': '',
  'pg_hba.conf': 'host all all 127.0.0.1/32 scram-sha-256\n',
};

/**
 * Replaces files that PostgreSQL cannot read by a minimal configuration and keeps them beside it as
 * `*.damaged`; false if that was done before.
 */
export function mendConfiguration(cluster: string): boolean {
  const files = Object.entries(CONFIGURATION).map(([name, text]) => ({
    file: path.join(cluster, name),
    text,
  }));
  const isMended = ({ file, text }: (typeof files)[number]) =>
    existsSync(file) && readFileSync(file, 'utf8') === text;
  if (files.every(isMended)) return false;
  for (const { file, text } of files) {
    if (existsSync(file)) renameSync(file, `${file}.damaged`);
    replaceDurably(file, text);
  }
  return true;
}
