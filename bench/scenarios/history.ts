import { countReads, type Reads } from '../core/count-reads.ts';
import { percentile } from '../core/stats.ts';
import type { Figure, Scenario } from '../core/types.ts';
import type { BenchDatabase } from '../core/world.ts';
import { listQuestion, longQuestions, type Place, type Question, roomQuestions } from '../data/asks.ts';
import { type Log, writeLogs } from '../data/messages.ts';
import { addPeople, addRooms, type BenchPerson } from '../data/people.ts';
import { type LightSocket, openLightSocket } from '../load/light-socket.ts';

/** The most that the same question may cost more in a long conversation than in a short one. */
const AT_MOST = 1.5;

/** With each partner's next ones. */
const ROOMS_OF_OTHERS = 20;

/** A list of rooms with so many messages each. */
type List = { rooms: number; each: number };
type Asked = Place & { socket: LightSocket };
type Measured = Reads & { p50: number; p95: number; bytes: number };

/** Pages, jumps and catching up in short, longer and very long conversations, and a long list of them. */
export const history: Scenario = async ({ world, isSmoke, seed, say }) => {
  const sizes = isSmoke ? [100, 1_000, 2_000] : [100, 10_000, 1_000_000];
  const lists: List[] = isSmoke
    ? [
        { rooms: 60, each: 3 },
        { rooms: 100, each: 3 },
        { rooms: 100, each: 20 },
      ]
    : [
        { rooms: 100, each: 3 },
        { rooms: 1_000, each: 3 },
        { rooms: 1_000, each: 300 },
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
    const [rooms, owners] = [asked.slice(0, sizes.length), asked.slice(sizes.length)];
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
    const inRoom = ({ count }: Place) => `of ${count.toLocaleString('en-US')} messages`;
    for (const [name, question] of Object.entries(roomQuestions))
      await ask(name, question, rooms, inRoom, AT_MOST);
    for (const [name, question] of Object.entries(longQuestions)) {
      await ask(name, question, rooms.slice(1), inRoom, AT_MOST);
    }
    const inList = ({ rooms, count }: Place) =>
      `of ${rooms.toLocaleString('en-US')} rooms of ${count} messages`;
    await ask('list', listQuestion, owners.slice(1), inList, AT_MOST);
    // Its page is chosen among all rooms of a person, so it grows with these; how much is shown.
    await ask('list', listQuestion, owners.slice(0, 2), inList);
    return figures;
  } finally {
    for (const { socket } of asked) socket.close();
    await node.stop();
  }
};

/** A person for each conversation and for each list; the list's rooms hold a few messages each. */
async function fill(
  { pool }: BenchDatabase,
  { sizes, lists, seed }: { sizes: number[]; lists: List[]; seed: number },
): Promise<{ people: BenchPerson[]; places: Place[] }> {
  const people = await addPeople(pool, sizes.length + lists.length);
  const partners = await addPeople(pool, Math.max(...lists.map(({ rooms }) => rooms)));
  const logs: Log[] = [];
  const places: Place[] = [];
  for (const [i, person] of people.entries()) {
    const { rooms, each: count } = lists[i - sizes.length] ?? { rooms: 1, each: sizes[i] as number };
    const pairs = partners.slice(0, rooms).map((partner) => [person, partner] as const);
    const made = (await addRooms(pool, pairs)).map((pair): Log => ({ pair, count }));
    logs.push(...made);
    const conversationId = made[0]?.pair.conversationId ?? '';
    places.push({ viewerId: person.userId, conversationId, count, rooms });
  }
  // Rooms of others, so that the table is not read whole for one person's list.
  const others = partners.flatMap((one, i) =>
    partners.slice(i + 1, i + 1 + ROOMS_OF_OTHERS).map((other) => [one, other] as const),
  );
  await addRooms(pool, others);
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
