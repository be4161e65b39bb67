import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { replaceDurably, syncFolder } from './durable.ts';
import { StartError } from './start-error.ts';

/** A secret as it is made here, or one that a person wrote; a line that was cut off lacks its end. */
const WHOLE = /^(?:[\w-]{44}|[\x21-\x7e]{32,}\r?\n)\s*$/;

const makeSecret = () => `${randomBytes(33).toString('base64url')}\n`;

/**
 * The secret kept in `file` (mode 0600), made of 33 random bytes in base64url on first use.
 *
 * It is written aside and linked into place: a start that breaks off leaves nothing half written, and
 * of two starts at once both end with the same secret.
 *
 * @param lossMeans what ends with the secret, told to the person who decides to do without it.
 * @throws StartError when the file is there but damaged.
 */
export function keepSecret(file: string, lossMeans: string): string {
  const kept = readSecret(file);
  if (kept === 'damaged') {
    throw new StartError(
      `${file} is damaged: restore it from a backup, or delete it to have a new one made (${lossMeans}).`,
    );
  }
  return kept?.secret ?? makeKept(file);
}

/** As `keepSecret`, for a secret that can be given anew: a damaged one is replaced. */
export function keepReplaceableSecret(file: string): string {
  const kept = readSecret(file);
  if (kept === 'damaged') replaceDurably(file, makeSecret());
  else if (kept) return kept.secret;
  return makeKept(file);
}

function makeKept(file: string): string {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, makeSecret(), { mode: 0o600, flush: true });
  try {
    linkSync(aside, file);
    syncFolder(path.dirname(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

function readSecret(file: string): { secret: string } | 'damaged' | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return WHOLE.test(text) ? { secret: text.trim() } : 'damaged';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new StartError(
      `${file} cannot be read (${code}): it must be a file that this user may read; restore it from a backup.`,
    );
  }
}
