import type { FaultClient } from './client.ts';
import type { Kind } from './kinds.ts';
import type { FaultNode, Point } from './node.ts';
import type { Round } from './round.ts';
import { waitFor } from './wait-for.ts';

/** Breaks something in the midst of talk, and lets the talk go on for a moment after. */
async function amid(round: Round, fault: () => Promise<void>): Promise<void> {
  const talking = round.talk(4, 60);
  await round.pause(20, 120);
  await fault();
  await talking;
  await round.talk(1);
}

/** Kills the node that the hub's tab is on when a message comes to this point; the others live on. */
const kill = (point: Point): Kind => ({
  name: `node killed: ${point}`,
  weight: 3,
  async run(round) {
    const [hub] = round.cast.tabs as [FaultClient];
    const node = round.world.nodes.find(({ port }) => port === hub.line.getTarget());
    if (!node) throw new Error('the hub is on no node');
    await amid(round, async () => {
      node.arm(point);
      const isDead = node.died();
      // Whether or not a text of the talk comes by here still.
      await waitFor(async () => {
        if (!node.isUp) return true;
        round.say(hub);
        await round.pause(30, 60);
        return !node.isUp;
      }, `the node to die when ${point}`);
      await isDead;
      round.heal();
      restart(round, node);
    });
  },
});

/** Starts a node again while the people find their way to the other one. */
function restart(round: Round, node: FaultNode): void {
  const starting = node.start();
  round.repairs.push(() => starting);
}

/** Does something to Redis and undoes it. */
const redis = (name: string, weight: number, harm: (round: Round) => Promise<void>): Kind => ({
  name: `redis ${name}`,
  weight,
  async run(round) {
    await amid(round, async () => {
      await harm(round);
      round.heal();
    });
  },
});

export const serverKinds: Kind[] = [
  kill('received'),
  kill('inserted'),
  kill('committed'),
  kill('acked'),
  kill('emitted'),
  {
    name: 'node stopped for a deploy',
    weight: 3,
    async run(round) {
      const node = round.random.pick(round.world.nodes);
      await amid(round, async () => {
        await node.end('SIGTERM');
        round.heal();
        restart(round, node);
      });
    },
  },
  {
    name: 'postgres crashed',
    weight: 3,
    async run(round) {
      await amid(round, async () => {
        await round.world.postgres.crash();
        await round.pause(0, 1_500);
        await round.world.postgres.revive();
        round.heal();
      });
    },
  },
  redis('killed', 2, async (round) => {
    await round.world.redis.crash();
    await round.pause(100, 1_500);
    await round.world.redis.revive();
  }),
  redis('frozen', 1, async (round) => {
    round.world.redis.setRunning(false);
    await round.pause(1_000, 3_000);
    round.world.redis.setRunning(true);
  }),
  redis('2 s late', 1, async (round) => {
    for (const line of round.world.redisLines) line.setDelay(2_000);
    await round.pause(1_000, 3_000);
    for (const line of round.world.redisLines) line.setDelay(0);
  }),
  {
    name: 'redis cut from one node',
    weight: 1,
    async run(round) {
      const line = round.random.pick(round.world.redisLines);
      line.setCut(true);
      await round.talk(3);
      // The line stays cut until all show the same: the clients learn of it by heads, on live sockets.
      round.heal();
      round.repairs.push(() => line.setCut(false));
    },
  },
];
