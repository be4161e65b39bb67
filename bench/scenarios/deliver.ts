import type { Figure, Scenario } from '../core/types.ts';
import { addPairs } from '../data/people.ts';
import { makeTexts } from '../data/texts.ts';
import { measureCommits } from '../limits/commits.ts';
import { startEcho } from '../limits/echo.ts';
import { checkTalk, countStored } from '../load/check.ts';
import { startCrowd } from '../load/crowd.ts';

const CONVERSATIONS = 50;
/** The rate at which the target applies: within four times the sum of a bare echo and a commit. */
const JUDGED_RATE = 200;
const AT_MOST = 4;

/** From a send to the partner's line, at three rates with everything stored and mailed, beside the bare parts. */
export const deliver: Scenario = async ({ world, isSmoke, seed, say }) => {
  const rates = isSmoke ? [JUDGED_RATE] : [10, JUDGED_RATE, 1_000];
  const seconds = isSmoke ? 1 : 15;
  const texts = makeTexts(seed, 1_000);
  const database = await world.createDatabase();
  const pairs = await addPairs(database.pool, isSmoke ? 5 : CONVERSATIONS);
  const crowd = startCrowd();
  const node = await world.startNode(database);
  const echo = await startEcho();
  const figures: Figure[] = [];
  try {
    const commit = await measureCommits(database.url, { clients: 1, seconds: seconds / 5, texts });
    for (const rate of rates) {
      await crowd.open({ url: echo.url, pairs, isEcho: true });
      const bare = await crowd.talk({ rate, seconds: seconds / 3, texts, isEcho: true });
      await crowd.closeLines();
      await crowd.open({ url: node.url, pairs, isEcho: false });
      await crowd.talk({ rate: Math.min(rate, 200), seconds: isSmoke ? 0.2 : 3, texts, isEcho: false });
      const before = await countStored(database.pool);
      const result = await crowd.talk({ rate, seconds, texts, isEcho: false });
      await checkTalk(database.pool, result, before);
      await crowd.closeLines();
      say(`${rate}/s: p50 ${result.p50.toFixed(2)} ms, p99 ${result.p99.toFixed(2)} ms`);
      const beside = { what: 'bare echo and one commit', value: bare.p50 + commit.p50 };
      figures.push({
        what: `delivery p50 at ${rate}/s`,
        value: result.p50,
        unit: 'ms',
        beside,
        ...(rate === JUDGED_RATE && { target: { atMost: AT_MOST } }),
      });
      figures.push({ what: `delivery p99 at ${rate}/s`, value: result.p99, unit: 'ms' });
    }
  } finally {
    crowd.stop();
    await echo.stop();
    await node.stop();
  }
  return figures;
};
