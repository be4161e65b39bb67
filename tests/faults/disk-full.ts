import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findEmbedded } from '#db/embedded.ts';
import { makeRandom } from '#db/seed/random.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { makeCast } from './cast.ts';
import { checkRound } from './checks.ts';
import { FaultNode } from './node.ts';
import { Round } from './round.ts';
import type { RoundResult } from './session.ts';
import { makeStage, type Stage } from './world.ts';

/** Room for a fresh cluster and little more (bytes as `mount` reads them). */
const DISK_SIZE = '160m';

/**
 * One node on its embedded database, whose disk fills up while people talk and is freed again. Only
 * root can make a disk that small: null for anybody else.
 */
export async function playDiskFull(seed: number): Promise<RoundResult | null> {
  const disk = mkdtempSync(path.join(os.tmpdir(), 'dandul-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_SIZE}`, 'tmpfs', disk]);
  if (mounted.status !== 0) {
    rmSync(disk, { recursive: true });
    return null;
  }
  const dataDir = path.join(disk, 'data');
  const node = new FaultNode({
    DATA_DIR: dataDir,
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
    AUTH_SECRET: TEST_SECRET,
    RATE_LIMITS: 'off',
  });
  let stage: Stage | undefined;
  try {
    await node.start();
    stage = makeStage([node], findEmbedded(dataDir) as string);
    const cast = await makeCast(stage);
    const round = new Round('disk', stage, cast, makeRandom(seed));
    const filler = path.join(disk, 'filler');
    await round.talk(3);
    fill(filler);
    // More than the conversation that the database has set aside.
    round.padding = 3_000;
    await round.talk(30, 100);
    const isRefused = cast.tabs.some(({ client }) => client.select.waitingCount(client.store.getState()) > 0);
    if (!isRefused) round.findings.push('the disk was never full');
    rmSync(filler);
    round.heal();
    round.padding = 0;
    await round.talk(2);
    const outcome = await checkRound(round);
    cast.stop();
    return { kind: 'disk full under the embedded database', ...outcome };
  } finally {
    await stage?.stop();
    await node.remove();
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

/** Writes until nothing more goes in. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  for (const size of [1 << 20, 1 << 12, 1]) {
    const piece = Buffer.alloc(size, 1);
    try {
      for (;;) if (writeSync(handle, piece) < piece.length) break;
    } catch {
      // Full for pieces of this size.
    }
  }
  closeSync(handle);
}
