import type { Figure, Scenario } from '../core/types.ts';
import type { BenchDatabase } from '../core/world.ts';
import { addPairs } from '../data/people.ts';
import { makeTexts } from '../data/texts.ts';
import { measureCommits } from '../limits/commits.ts';
import { checkTalk, countStored } from '../load/check.ts';
import { type Crowd, startCrowd } from '../load/crowd.ts';
import type { TalkResult } from '../load/talk.ts';

const MAX_P99_MS = 100;
/** Sends under way in the closed loops: each person sends again when one has arrived. */
const UNDER_WAY = [200, 200, 150, 100, 50];
/** Shares of the best closed loop that are tried as an open one, which waits for nobody, until one holds. */
const SHARES = [1.05, 1, 0.9, 0.8, 0.7];
const SHARE_OF_COMMITS = 0.35;

/** The highest rate at which all is stored and reaches the partner with p99 under 100 ms, mail included. */
export const sustain: Scenario = async ({ world, isSmoke, seed, say }) => {
  const texts = makeTexts(seed, 1_000);
  const figures: Figure[] = [];
  for (const conversations of isSmoke ? [1, 5] : [1, 50, 500]) {
    const database = await world.createDatabase();
    const pairs = await addPairs(database.pool, conversations);
    const crowd = startCrowd();
    const node = await world.startNode(database);
    try {
      const clients = conversations === 1 ? 1 : 8;
      const limit = await measureCommits(database.url, { clients, seconds: isSmoke ? 0.2 : 4, texts });
      const mailsBefore = world.countMails();
      await crowd.open({ url: node.url, pairs, isEcho: false });
      // A small run checks correctness only, which no measured time decides.
      const maxP99 = isSmoke ? Number.POSITIVE_INFINITY : MAX_P99_MS;
      const best = await findHighest(crowd, database, texts, isSmoke ? 0.5 : 6, maxP99);
      const perSecond = toRate(best);
      const mails = world.countMails() - mailsBefore;
      if (mails === 0) throw new Error('no mail was sent');
      say(
        `${conversations} conversations: ${Math.round(perSecond)}/s, p99 ${best.p99.toFixed(0)} ms, ${mails} mails`,
      );
      figures.push({
        what: `${conversations === 1 ? 'one conversation' : `${conversations} conversations`}, ${best.how}`,
        value: perSecond,
        unit: '/s',
        beside: {
          what: `single-row commits by ${clients === 1 ? 'one client' : `${clients} clients`}`,
          value: limit.perSecond,
        },
        target: { atLeast: conversations === 1 ? 1 : SHARE_OF_COMMITS },
      });
    } finally {
      crowd.stop();
      await node.stop();
    }
  }
  return figures;
};

type Best = TalkResult & { how: string };
const toRate = ({ delivered, seconds }: TalkResult) => delivered / seconds;

/** The best of all loops that kept the limit. An open one also shows what a pause of the machine piles up. */
async function findHighest(
  crowd: Crowd,
  database: BenchDatabase,
  texts: string[],
  seconds: number,
  maxP99: number,
): Promise<Best> {
  const kept: Best[] = [];
  const play = async (how: string, order: { rate: number } | { under: number }) => {
    const before = await countStored(database.pool);
    const result = await crowd.talk({ ...order, seconds, texts, isEcho: false });
    await checkTalk(database.pool, result, before);
    const isKept = result.p99 < maxP99;
    if (isKept) kept.push({ ...result, how });
    return { rate: toRate(result), isKept };
  };
  let highest = 0;
  for (const under of UNDER_WAY) {
    const { rate } = await play(`${under} under way`, { under });
    highest = Math.max(highest, rate);
  }
  for (const share of SHARES) {
    const { isKept } = await play('open loop', { rate: highest * share });
    if (isKept) break;
  }
  const best = kept.sort((a, b) => toRate(b) - toRate(a))[0];
  if (!best) throw new Error(`no rate up to ${Math.round(highest)}/s kept p99 under ${maxP99} ms`);
  return best;
}
