import { insertMessages } from '#db/queries/insert-messages.ts';
import { makeInput } from '../../tests/support/message-input.ts';
import { findFreePort } from '../../tests/support/processes.ts';
import { withOwnPool } from '../core/own-pool.ts';
import type { Scenario } from '../core/types.ts';
import { addPairs, type BenchPair } from '../data/people.ts';
import { startCrowd } from '../load/crowd.ts';

const PEOPLE = 2_000;
const AT_MOST_SECONDS = 10;
const DAY_SECONDS = 86_400;

/** A restart ends everybody's connection, something is written meanwhile, and all come back at once. */
export const storm: Scenario = async ({ world, isSmoke, say }) => {
  const people = isSmoke ? 40 : PEOPLE;
  const database = await world.createDatabase();
  const pairs = await addPairs(database.pool, people / 2);
  const port = String(await findFreePort());
  const crowd = startCrowd();
  let node = await world.startNode(database, { PORT: port });
  try {
    const members = pairs.flatMap(({ conversationId, people }) =>
      people.map(({ cookie }) => ({ cookie, conversationId })),
    );
    await crowd.gather({ url: node.url, people: members });
    const stoppedAt = Date.now();
    await node.stop();
    await writeToAll(database.url, pairs);
    node = await world.startNode(database, { PORT: port });
    const readyAt = Date.now();
    const { at, errors } = await crowd.catchUp({ revision: 1 });
    if (errors.length > 0) throw new Error(`errors: ${errors.join(', ')}`);
    say(
      `${people} people: ${at - stoppedAt} ms from the stop, ${at - readyAt} ms from the new server's readiness`,
    );
    return [
      {
        what: `${people} people caught up after a restart`,
        value: (at - stoppedAt) / 1000,
        unit: 's',
        target: { atMost: AT_MOST_SECONDS },
      },
      { what: 'of these, after the new server was ready', value: (at - readyAt) / 1000, unit: 's' },
    ];
  } finally {
    crowd.stop();
    await node.stop();
  }
};

/** One text in every conversation, stored while the server is away, as another node would. */
async function writeToAll(databaseUrl: string, pairs: BenchPair[]): Promise<void> {
  await withOwnPool(databaseUrl, async () => {
    for (let start = 0; start < pairs.length; start += 100) {
      const inputs = pairs
        .slice(start, start + 100)
        .map(({ conversationId, people: [sender] }) =>
          makeInput(sender, conversationId, '서버가 쉬는 동안 쓴 글'),
        );
      await insertMessages(inputs, DAY_SECONDS);
    }
  });
}
