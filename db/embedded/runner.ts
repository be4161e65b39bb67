import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import { type Binaries, copyBinaries } from './binaries.ts';

/** How PostgreSQL's programs are run, and where: it refuses to run as root. */
export type Runner = {
  binaries: Binaries;
  /** The cluster's folder, and the folder it is made in; both can be entered by the user below. */
  cluster: string;
  /** Arguments before the program's own command line. */
  prefix: string[];
  /** The user to become; undefined keeps the present one. */
  user?: { uid: number; gid: number };
};

/**
 * PostgreSQL as `nobody` of a user namespace of its own, where that is root outside: needs no new
 * user, and files in a folder that only root can enter stay reachable. `nobody` (65534) has a passwd entry
 * everywhere, which initdb requires.
 */
const NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];

/** The user and the folder for machines that forbid user namespaces to root (some containers do). */
const SYSTEM_USER = 'dandul-postgres';
const SYSTEM_FOLDER = '/var/lib/dandul';

/**
 * Chooses how to run PostgreSQL for this DATA_DIR. An existing cluster is always run as its owner.
 *
 * @throws StartError if there is no way.
 */
export function chooseRunner(dataDir: string, binaries: Binaries): Runner {
  const place = path.join(dataDir, 'postgres');
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(place)) {
    throw new StartError(
      `${place} is a link to data that is not there: copy a backup with the files behind links (cp -rL), or remove the link to begin empty.`,
    );
  }
  const cluster = existsSync(place) ? realpathSync(place) : place;
  const owner = existsSync(cluster) ? statSync(cluster).uid : undefined;

  if (process.getuid?.() !== 0) {
    if (owner !== undefined && process.getuid && owner !== process.getuid()) {
      throw new StartError(
        `${place} belongs to another user (uid ${owner}): start as that user, or set DATA_DIR to a folder of your own.`,
      );
    }
    return { binaries, cluster, prefix: [] };
  }
  if (owner) return becomeUser(binaries, cluster, { uid: owner, gid: statSync(cluster).gid });
  if (canRun(NAMESPACE, binaries, dataDir)) return { binaries, cluster, prefix: NAMESPACE };
  return relocateToSystemUser(dataDir, binaries, cluster);
}

function canRun(prefix: string[], binaries: Binaries, folder: string): boolean {
  const [command = 'sh', ...args] = [...prefix, 'sh', '-c', 'test -x "$1" && test -w "$2"', 'sh'];
  return spawnSync(command, [...args, binaries.initdb, folder], { stdio: 'ignore' }).status === 0;
}

function becomeUser(binaries: Binaries, cluster: string, user: { uid: number; gid: number }): Runner {
  const reaches = spawnSync('test', ['-x', binaries.postgres], { ...user, stdio: 'ignore' }).status === 0;
  return { binaries: reaches ? binaries : copyBinaries(binaries, SYSTEM_FOLDER), cluster, prefix: [], user };
}

/** Keeps the cluster in a folder of its own user, with a link from DATA_DIR to find it again. */
function relocateToSystemUser(dataDir: string, binaries: Binaries, cluster: string): Runner {
  const user = findSystemUser();
  if (existsSync(cluster)) {
    throw new StartError(
      `${cluster} belongs to root and this machine forbids user namespaces: run "useradd --system ${SYSTEM_USER}; chown -R ${SYSTEM_USER} ${cluster}" once, start as an ordinary user, or set DATABASE_URL.`,
    );
  }
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = path.join(SYSTEM_FOLDER, name);
  mkdirSync(folder, { recursive: true });
  chmodSync(SYSTEM_FOLDER, 0o755);
  chmodSync(folder, 0o755);
  chownSync(folder, user.uid, user.gid);
  const moved = path.join(folder, 'postgres');
  const link = path.join(dataDir, 'postgres');
  symlinkSync(moved, link);
  return becomeUser(binaries, moved, user);
}

function findSystemUser(): { uid: number; gid: number } {
  const ask = () => {
    const [uid, gid] = ['-u', '-g'].map(
      (flag) => spawnSync('id', [flag, SYSTEM_USER], { encoding: 'utf8' }).stdout,
    );
    return uid?.trim() ? { uid: Number(uid), gid: Number(gid) } : undefined;
  };
  const known = ask();
  if (known) return known;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    SYSTEM_USER,
  ]);
  const made = ask();
  if (made) return made;
  throw new StartError(
    'PostgreSQL does not run as root, and this machine allows neither user namespaces nor a new system user: start as an ordinary user, or set DATABASE_URL.',
  );
}
