import type { Figure, Scenario } from '../core/types.ts';
import type { BenchDatabase } from '../core/world.ts';
import { addPairs } from '../data/people.ts';
import { makeTexts } from '../data/texts.ts';
import { measureCommits } from '../limits/commits.ts';
import { checkTalk, countStored } from '../load/check.ts';
import { type Crowd, startCrowd } from '../load/crowd.ts';
import type { TalkOrder, TalkResult } from '../load/talk.ts';

const MAX_P99_MS = 100;
/** Sends under way while the highest rate is sought; open loops then confirm it. */
const UNDER_WAY = 200;
/** Shares of the sought rate that are tried in turn as an open loop until one holds. */
const SHARES = [1.1, 1.05, 1, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];
const SHARE_OF_COMMITS = 0.35;

/** The highest rate at which all is stored and reaches the peer with p99 under 100 ms, mail included. */
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
      const mailsBefore = world.mail.count();
      await crowd.open({ url: node.url, pairs, isEcho: false });
      const best = await findHighest(crowd, database, texts, isSmoke ? 0.5 : 6);
      const perSecond = best.delivered / best.seconds;
      const mails = world.mail.count() - mailsBefore;
      if (mails === 0) throw new Error('no mail was sent');
      say(
        `${conversations} conversations: ${Math.round(perSecond)}/s, p99 ${best.p99.toFixed(0)} ms, ${mails} mails`,
      );
      figures.push({
        what: conversations === 1 ? 'one conversation' : `${conversations} conversations`,
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

async function findHighest(
  crowd: Crowd,
  database: BenchDatabase,
  texts: string[],
  seconds: number,
): Promise<TalkResult> {
  const play = async (order: Pick<TalkOrder, 'seconds'> & ({ rate: number } | { under: number })) => {
    const before = await countStored(database.pool);
    const result = await crowd.talk({ ...order, texts, isEcho: false });
    await checkTalk(database.pool, result, before);
    return result;
  };
  await play({ under: UNDER_WAY, seconds: seconds / 2 });
  const sought = await play({ under: UNDER_WAY, seconds });
  for (const share of SHARES) {
    const result = await play({ rate: (sought.delivered / sought.seconds) * share, seconds });
    if (result.p99 < MAX_P99_MS) return result;
  }
  throw new Error(
    `no rate up to ${Math.round(sought.delivered / sought.seconds)}/s kept p99 under ${MAX_P99_MS} ms`,
  );
}
