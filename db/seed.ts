import pg from 'pg';
import type { EmailPreference } from '#lib/email/preferences/choices.ts';
import { makePeople } from './seed/people.ts';
import { makeRandom, type Random } from './seed/random.ts';
import { makeTalk } from './seed/talk.ts';
import { type DemoConversation, writeConversation, writePeople } from './seed/write.ts';

/** Any number serves; the same one makes the same demo. */
const SEED = 20_261;
const LONG_CONVERSATION = 10_000;
const DAY_SECONDS = 86_400;

export type SeedResult = { people: number; conversations: number; messages: number };

/**
 * Fills the database with demo people and conversations, in one transaction. A second run adds only
 * what is missing.
 */
export async function seedDatabase(
  url: string,
  account: { passwordHash: string; emailPreference: EmailPreference },
): Promise<SeedResult> {
  const client = new pg.Client({ connectionString: url, application_name: 'dandul seed' });
  await client.connect();
  try {
    await client.query('begin');
    const random = makeRandom(SEED);
    const people = makePeople(random);
    const ids = await writePeople(client, people, account);
    const idOf = (index: number) => ids.get(people[index]?.username ?? '');
    const result = { people: ids.size, conversations: 0, messages: 0 };
    for (const plan of planConversations(random, people.length)) {
      const talk = fillPlan(random, plan);
      const [mine, theirs] = [idOf(plan.pair[0]), idOf(plan.pair[1])];
      if (!mine || !theirs) continue;
      if (!(await writeConversation(client, { ...talk, people: [mine, theirs] }))) continue;
      result.conversations += 1;
      result.messages += talk.lines.length;
    }
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

type Plan = { pair: [number, number]; count: number; unread: number };

/** Who talks with whom, by place in the list of people: 0 is minji, 1 is junho. */
function planConversations(random: Random, people: number): Plan[] {
  const plans: Plan[] = [{ pair: [0, 1], count: LONG_CONVERSATION, unread: 0 }];
  const add = (one: number, other: number) => {
    const count = random.chance(0.06) ? 0 : Math.round(300 ** (random.between(0, 100) / 100));
    const unread = random.chance(0.3) ? Math.min(count, random.between(1, random.chance(0.1) ? 120 : 9)) : 0;
    plans.push({ pair: [one, other], count, unread });
  };
  for (let other = 2; other < people; other += 3) add(0, other);
  for (let other = 3; other < people; other += 4) add(1, other);
  for (let one = 2; one + 7 < people; one += 5) add(one, one + random.between(1, 7));
  return plans;
}

function fillPlan(random: Random, { count, unread, pair }: Plan): Omit<DemoConversation, 'people'> {
  // People 2 to 101 have Korean names, those after them Latin ones.
  const lines = makeTalk(random, count, pair[1] < 102 ? 'ko' : 'en');
  for (const line of lines.slice(count - unread)) line.speaker = 1;
  const ago = pair[1] === 1 ? 300 : random.between(60, random.pick([1, 7, 60]) * DAY_SECONDS);
  return { lines, unread, lastMessageAt: new Date(Date.now() - ago * 1_000) };
}
