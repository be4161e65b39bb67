import { countReads, type Reads } from '../core/count-reads.ts';
import { percentile } from '../core/stats.ts';
import type { Figure, Scenario } from '../core/types.ts';
import type { BenchDatabase } from '../core/world.ts';
import {
  conversationQuestions,
  listQuestion,
  longQuestions,
  type Place,
  type Question,
} from '../data/asks.ts';
import { type Log, writeLogs } from '../data/messages.ts';
import { addConversations, addPeople, type BenchPerson } from '../data/people.ts';
import { type LightSocket, openLightSocket } from '../load/light-socket.ts';

/** How many times as much the same question may cost in a long conversation as in a short one. */
const AT_MOST = 1.5;

/** With each partner's next ones. */
const CONVERSATIONS_OF_OTHERS = 20;

/** A list of conversations with this many messages each. */
type List = { conversations: number; each: number };
type Asked = Place & { socket: LightSocket };
type Measured = Reads & { p50: number; p95: number; bytes: number };

/** Pages, jumps and catching up in short, longer and very long conversations, and a long list of them. */
export const history: Scenario = async ({ world, isSmoke, seed, say }) => {
  const sizes = isSmoke ? [100, 1_000, 2_000] : [100, 10_000, 1_000_000];
  const lists: List[] = isSmoke
    ? [
        { conversations: 60, each: 3 },
        { conversations: 100, each: 3 },
        { conversations: 100, each: 20 },
      ]
    : [
        { conversations: 100, each: 3 },
        { conversations: 1_000, each: 3 },
        { conversations: 1_000, each: 300 },
      ];
  const repeats = isSmoke ? 2 : 300;
  const database = await world.createDatabase();
  const { people, places } = await fill(database, { sizes, lists, seed });
  const node = await world.startNode(database);
  const asked: Asked[] = [];
  try {
    for (const [i, place] of places.entries()) {
      const cookie = (people[i] as BenchPerson).cookie;
      asked.push({ ...place, socket: await openLightSocket(node.url, { cookie, readyOn: 'heads' }) });
    }
    const [conversations, owners] = [asked.slice(0, sizes.length), asked.slice(sizes.length)];
    const figures: Figure[] = [];
    const ask = async (
      name: string,
      question: Question,
      of: Asked[],
      toName: (place: Place) => string,
      atMost?: number,
    ) => {
      const results = await measure(database, question, of, repeats);
      say(`${name}: p50 ${results.map(({ p50 }) => p50.toFixed(2)).join(', ')} ms`);
      figures.push(...compare(name, results, of.map(toName), atMost));
    };
    const inConversation = ({ count }: Place) => `of ${count.toLocaleString('en-US')} messages`;
    for (const [name, question] of Object.entries(conversationQuestions))
      await ask(name, question, conversations, inConversation, AT_MOST);
    for (const [name, question] of Object.entries(longQuestions)) {
      await ask(name, question, conversations.slice(1), inConversation, AT_MOST);
    }
    const inList = ({ conversations, count }: Place) =>
      `of ${conversations.toLocaleString('en-US')} conversations of ${count} messages`;
    await ask('list', listQuestion, owners.slice(1), inList, AT_MOST);
    // Its page is chosen among all conversations of a person, so it grows with these; how much is shown.
    await ask('list', listQuestion, owners.slice(0, 2), inList);
    return figures;
  } finally {
    for (const { socket } of asked) socket.close();
    await node.stop();
  }
};

/** A person for each conversation and for each list; the list's conversations hold a few messages each. */
async function fill(
  { pool }: BenchDatabase,
  { sizes, lists, seed }: { sizes: number[]; lists: List[]; seed: number },
): Promise<{ people: BenchPerson[]; places: Place[] }> {
  const people = await addPeople(pool, sizes.length + lists.length);
  const partners = await addPeople(pool, Math.max(...lists.map(({ conversations }) => conversations)));
  const logs: Log[] = [];
  const places: Place[] = [];
  for (const [i, person] of people.entries()) {
    const { conversations, each: count } = lists[i - sizes.length] ?? {
      conversations: 1,
      each: sizes[i] as number,
    };
    const pairs = partners.slice(0, conversations).map((partner) => [person, partner] as const);
    const made = (await addConversations(pool, pairs)).map((pair): Log => ({ pair, count }));
    logs.push(...made);
    const conversationId = made[0]?.pair.conversationId ?? '';
    places.push({ viewerId: person.userId, conversationId, count, conversations });
  }
  // Conversations of others, so that the table is not read whole for one person's list.
  const others = partners.flatMap((one, i) =>
    partners.slice(i + 1, i + 1 + CONVERSATIONS_OF_OTHERS).map((other) => [one, other] as const),
  );
  await addConversations(pool, others);
  await writeLogs(pool, logs, { seed, isBare: true });
  return { people, places };
}

/** Asks in turn, so that what disturbs the machine disturbs all places alike; throws at a wrong answer. */
async function measure(
  { url }: BenchDatabase,
  question: Question,
  places: Asked[],
  repeats: number,
): Promise<Measured[]> {
  const times: number[][] = places.map(() => []);
  const bytes: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [i, place] of places.entries()) {
      const start = performance.now();
      const ack = await place.socket.ask(question.event, question.toPayload(place));
      times[i]?.push(performance.now() - start);
      if (repeat > 0) continue;
      bytes.push(Buffer.byteLength(JSON.stringify(ack)));
      const [got, expected] = [question.read(ack).join(), question.toExpected(place).join()];
      if (got !== expected) throw new Error(`${question.event}: ${got} in place of ${expected}`);
    }
  }
  const reads: Reads[] = [];
  for (const place of places) reads.push(await countReads(url, () => question.run(place)));
  return places.map((_, i) => ({
    p50: percentile(times[i] ?? [], 0.5),
    p95: percentile(times[i] ?? [], 0.95),
    bytes: bytes[i] ?? 0,
    ...(reads[i] as Reads),
  }));
}

/** The largest place beside the smallest. */
function compare(
  name: string,
  results: readonly Measured[],
  places: readonly string[],
  atMost?: number,
): Figure[] {
  const [least, most] = [results[0] as Measured, results.at(-1) as Measured];
  const beside = (value: number) => ({ what: String(places[0]), value });
  const target = atMost === undefined ? undefined : { atMost };
  const what = `${name} ${places.at(-1)}`;
  return [
    { what: `${what}, p50`, value: most.p50, unit: 'ms', beside: beside(least.p50), target },
    { what: `${what}, p95`, value: most.p95, unit: 'ms', beside: beside(least.p95) },
    {
      what: `${what}, answer`,
      value: most.bytes / 1000,
      unit: 'kB',
      beside: beside(least.bytes / 1000),
      target,
    },
    { what: `${what}, rows read`, value: most.rows, unit: '', beside: beside(least.rows), target },
    { what: `${what}, blocks read`, value: most.blocks, unit: '', beside: beside(least.blocks), target },
  ];
}
