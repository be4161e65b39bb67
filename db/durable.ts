import { closeSync, fchownSync, fsyncSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a file system says that syncs no folder, or a folder that may be entered but not read: it keeps its names itself. */
const CANNOT_SYNC = new Set(['EINVAL', 'EBADF', 'ENOTSUP', 'EISDIR', 'EACCES', 'EPERM']);

/** Makes what was created, renamed or removed in a folder outlive a power cut. */
export function syncFolder(folder: string): void {
  // Windows opens no folder, and keeps its names without being asked.
  if (process.platform === 'win32') return;
  let fd: number | undefined;
  try {
    fd = openSync(folder, 'r');
    fsyncSync(fd);
  } catch (error) {
    if (!CANNOT_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/**
 * Puts a file in place, for its owner only: after a power cut it is there whole, as it was before, or not
 * at all. It belongs to whom its folder belongs.
 */
export function replaceDurably(file: string, text: string): void {
  const folder = path.dirname(file);
  const aside = `${file}.${process.pid}`;
  const fd = openSync(aside, 'w', 0o600);
  try {
    writeFileSync(fd, text);
    const { uid, gid } = statSync(folder);
    if (process.getuid?.() === 0) fchownSync(fd, uid, gid);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(aside, file);
  syncFolder(folder);
}
