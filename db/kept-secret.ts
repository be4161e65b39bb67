import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { StartError } from './start-error.ts';

/**
 * The secret kept in `file` (mode 0600), made of 33 random bytes in base64url on first use.
 *
 * It is written aside and linked into place: a start that breaks off leaves nothing half written, and
 * of two starts at once both end with the same secret.
 *
 * @throws StartError when the file exists but is damaged.
 */
export function keepSecret(file: string): string {
  const kept = readSecret(file);
  if (kept) return kept;
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, `${randomBytes(33).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(aside);
  }
  return readSecret(file) ?? '';
}

function readSecret(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (text.length < 32) {
    throw new StartError(`${file} is damaged (shorter than 32 characters): restore it from a backup.`);
  }
  return text;
}
