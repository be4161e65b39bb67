import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from '#db/durable.ts';
import { StartError } from '#db/start-error.ts';

/**
 * Makes DATA_DIR (only its owner may enter: it holds secrets and mails) and writes to it once.
 *
 * @throws StartError when it cannot be written.
 */
export function prepareDataDir(dataDir: string): void {
  const probe = path.join(dataDir, `.probe-${process.pid}`);
  try {
    makeFolder(dataDir);
    writeFileSync(probe, 'x'.repeat(4096), { flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') rmSync(probe, { force: true });
    throw explain(error as NodeJS.ErrnoException, dataDir);
  }
  rmSync(probe);
}

/** Folder by folder: Node's own recursive mkdir spins for ever where a kernel folder says ENOENT (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
  syncFolder(path.dirname(folder));
}

function explain({ code, message }: NodeJS.ErrnoException, dataDir: string): StartError {
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StartError(
      `The disk that holds ${dataDir} is full: free some space, or set DATA_DIR to another disk.`,
    );
  }
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new StartError(`DATA_DIR: ${dataDir} is not a folder; set DATA_DIR to one.`);
  }
  return new StartError(
    `DATA_DIR: ${dataDir} cannot be written (${code ?? message}); give this user the right to write there, or set DATA_DIR to another folder.`,
  );
}
