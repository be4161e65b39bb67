import type pg from 'pg';
import { type Log, writeLogs } from './messages.ts';
import { addConversations, addPeople, type BenchPerson } from './people.ts';
import { PLANTED } from './searches.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where somebody searches: one of their conversations, or all of them. */
export type Scope = { name: string; viewerId: string; conversationId?: string; conversationIds: string[] };

/** One word in so many of the messages of others, as ㅋㅋ is where people know each other. */
const SHARE_OF_OTHERS = 0.2;
const SHARE_OF_OWN = 0.00001;
const SHARE_OF_MIXED = 0.001;

/**
 * Fills a database of some `total` messages: a conversation that holds more than half of them, somebody with a
 * thousand conversations, somebody new, and others.
 */
export async function fillSearchConversations(
  pool: pg.Pool,
  { total, seed }: { total: number; seed: number },
): Promise<{ scopes: Scope[]; vocabulary: Vocabulary; stored: number }> {
  const conversationsOfMany = Math.min(1_000, Math.ceil(total / 100));
  const people = await addPeople(pool, conversationsOfMany + 4);
  const [veteran, newcomer, sociable, ...rest] = people as [BenchPerson, BenchPerson, BenchPerson];
  const partners = rest as BenchPerson[];
  const mixed = { text: PLANTED.mixed, share: SHARE_OF_MIXED };
  const own = [mixed, { text: PLANTED.others, share: SHARE_OF_OWN }];
  const others = [mixed, { text: PLANTED.others, share: SHARE_OF_OTHERS }];

  const open = async (owner: BenchPerson, counts: number[], words: Log['words'], from = 0) => {
    const pairs = counts.map((_, i) => [owner, partners[from + i] as BenchPerson] as const);
    const conversations = await addConversations(pool, pairs);
    return conversations.map((pair, i): Log => ({ pair, count: counts[i] as number, words }));
  };
  const ofVeteran = await open(veteran, [total * 0.6, total * 0.02, 200, 200, 50].map(Math.ceil), own);
  const ofNewcomer = await open(newcomer, [Math.min(300, Math.ceil(total / 20))], own);
  const ofSociable = await open(sociable, shareOut(total * 0.06, conversationsOfMany), own);
  // The strangers' conversations: the first partner of all writes with each other partner.
  const strangers = partners[0] as BenchPerson;
  const ofOthers = await open(strangers, shareOut(total * 0.32, conversationsOfMany), others, 1);
  const logs = [...ofVeteran, ...ofNewcomer, ...ofSociable, ...ofOthers];

  const vocabulary = await writeLogs(pool, logs, { seed, isBare: true });
  const idsOf = (some: Log[]) => some.map(({ pair }) => pair.conversationId);
  const one = (name: string, { userId }: BenchPerson, log: Log | undefined): Scope[] => {
    const id = log?.pair.conversationId;
    return id ? [{ name, viewerId: userId, conversationId: id, conversationIds: [id] }] : [];
  };
  const all = (name: string, { userId }: BenchPerson, some: Log[]): Scope => ({
    name,
    viewerId: userId,
    conversationIds: idsOf(some),
  });
  return {
    scopes: [
      ...one('the great conversation', veteran, ofVeteran[0]),
      ...one('a middle conversation', veteran, ofVeteran[1]),
      ...one('a small conversation', veteran, ofVeteran[2]),
      ...one('a sociable person’s first conversation', sociable, ofSociable[0]),
      all('all conversations of the veteran', veteran, ofVeteran),
      all('all of a thousand conversations', sociable, ofSociable),
      all('all conversations of a newcomer', newcomer, ofNewcomer),
    ],
    vocabulary,
    stored: logs.reduce((sum, { count }) => sum + count, 0),
  };
}

/** Parts of a total, the n-th an n-th of the first one. */
function shareOut(total: number, parts: number): number[] {
  const shares = Array.from({ length: parts }, (_, i) => 1 / (i + 1));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => Math.max(1, Math.round((share / sum) * total)));
}
