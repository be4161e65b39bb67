import { setTimeout as sleep } from 'node:timers/promises';
import { readCpuSeconds, readMemory, withMemoryProbe } from '../core/process-use.ts';
import type { Figure, Scenario } from '../core/types.ts';
import { addPairs, type BenchPair } from '../data/people.ts';
import { startEcho } from '../limits/echo.ts';
import { type Crowd, startCrowd } from '../load/crowd.ts';

/** An idle person may cost at most this many times a bare connection. */
const AT_MOST = 1.5;

type Server = { url: string; pid: number; output(): string };
type Use = { keptKb: number; residentKb: number; cpuPercent: number };

/** Memory and processor time of people who are connected and do nothing, beside bare connections. */
export const idle: Scenario = async ({ world, isSmoke, say }) => {
  const figures: Figure[] = [];
  for (const people of isSmoke ? [20] : [1_000, 5_000]) {
    const database = await world.createDatabase();
    const pairs = await addPairs(database.pool, people / 2);
    const crowd = startCrowd();
    const echo = await startEcho(withMemoryProbe);
    const node = await world.startNode(database, withMemoryProbe);
    try {
      // Long enough for a heartbeat of everybody (25 s) and two rounds of heads (15 s).
      const seconds = isSmoke ? 0.3 : 30;
      const bare = await measure(crowd, echo, { pairs, isEcho: true, seconds });
      const own = await measure(crowd, node, { pairs, isEcho: false, seconds });
      say(`${people} people: ${own.keptKb.toFixed(1)} kB each, bare ${bare.keptKb.toFixed(1)} kB`);
      figures.push({
        what: `memory of an idle person, ${people}`,
        value: own.keptKb,
        unit: 'kB',
        beside: { what: 'bare Socket.IO connection', value: bare.keptKb },
        target: { atMost: AT_MOST },
      });
      figures.push({
        what: `growth of the resident set by one, ${people}`,
        value: own.residentKb,
        unit: 'kB',
        beside: { what: 'bare Socket.IO connection', value: bare.residentKb },
      });
      figures.push({
        what: `processor time of ${people} idle people`,
        value: own.cpuPercent,
        unit: '%',
        beside: { what: 'bare Socket.IO connections', value: bare.cpuPercent },
      });
    } finally {
      crowd.stop();
      await echo.stop();
      await node.stop();
    }
  }
  return figures;
};

async function measure(
  crowd: Crowd,
  server: Server,
  { pairs, isEcho, seconds }: { pairs: BenchPair[]; isEcho: boolean; seconds: number },
): Promise<Use> {
  // Code that the first connections load and compile is not part of the cost of a connection.
  const warmUp = pairs.slice(0, Math.ceil(pairs.length / 20));
  await crowd.open({ url: server.url, pairs: warmUp, isEcho });
  await crowd.closeLines();
  await sleep(Math.min(seconds, 6) * 1000);
  const before = await readMemory(server);
  await crowd.open({ url: server.url, pairs, isEcho });
  await sleep(Math.min(seconds, 5) * 1000);
  const cpuBefore = readCpuSeconds(server.pid);
  await sleep(seconds * 1000);
  const cpuPercent = ((readCpuSeconds(server.pid) - cpuBefore) / seconds) * 100;
  const after = await readMemory(server);
  await crowd.closeLines();
  const each = (bytes: number) => bytes / 1024 / (pairs.length * 2);
  return {
    keptKb: each(after.kept - before.kept),
    residentKb: each(after.resident - before.resident),
    cpuPercent,
  };
}
