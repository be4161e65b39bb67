import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { makeRandom, type Random } from '#db/seed/random.ts';
import { messageKeys } from '#lib/text/message-keys.ts';
import { copyRows, fillBare } from './copy.ts';
import type { BenchPair } from './people.ts';
import { makeText, makeVocabulary, type Vocabulary } from './vocabulary.ts';

/** A conversation to fill, and what is said there besides what everybody says. */
export type Log = {
  pair: BenchPair;
  count: number;
  /** Words that stand at the end of some messages, with their share of the conversation's messages (0 to 1). */
  words?: readonly { text: string; share: number }[];
};

/** Messages that two people write to each other before others write. */
const MOST_IN_A_ROW = 12;
const MOST_SECONDS_BETWEEN = 120;

const COLUMNS = [
  'conversation_id',
  'seq',
  'revision',
  'client_id',
  'sender_id',
  'body',
  'folded',
  'search_keys',
  'created_at',
] as const;

/**
 * Fills conversations with messages as if they had been sent over time: conversations take turns, so that each one's
 * messages lie among those of others as they do in a real table. All are read and none is to be mailed.
 *
 * @param options.isBare whether the table's indexes are made afterwards; for an empty table.
 */
export async function writeLogs(
  pool: pg.Pool,
  logs: readonly Log[],
  options: { seed: number; isBare: boolean },
): Promise<Vocabulary> {
  const vocabulary = makeVocabulary(options.seed);
  const ends = new Map<Log, { seq: number; at: Date }>();
  const copy = () =>
    copyRows(
      pool,
      { table: 'messages', columns: COLUMNS },
      makeRows(logs, vocabulary, makeRandom(options.seed + 1), ends),
    );
  await (options.isBare ? fillBare(pool, 'messages', copy) : copy());
  await closeConversations(pool, ends);
  return vocabulary;
}

function* makeRows(
  logs: readonly Log[],
  vocabulary: Vocabulary,
  random: Random,
  ends: Map<Log, { seq: number; at: Date }>,
) {
  const total = logs.reduce((sum, { count }) => sum + count, 0);
  let at = Date.now() - total * MOST_SECONDS_BETWEEN * 500 - 60_000;
  for (const { log, length } of takeTurns(logs, random)) {
    const { conversationId } = log.pair;
    let { seq } = ends.get(log) ?? { seq: 0 };
    for (let i = 0; i < length; i++) {
      seq += 1;
      at += random.between(1, MOST_SECONDS_BETWEEN) * 1_000;
      const added = log.words?.filter(({ share }) => random.between(1, 1e6) <= share * 1e6) ?? [];
      const body = [makeText(random, vocabulary), ...added.map(({ text }) => text)].join(' ');
      const { folded, searchKeys } = messageKeys(conversationId, body);
      const { userId } = random.pick(log.pair.people);
      yield [conversationId, seq, seq, randomUUID(), userId, body, folded, searchKeys, new Date(at)];
    }
    ends.set(log, { seq, at: new Date(at) });
  }
}

/** Cuts each conversation's messages into short runs and shuffles the runs of all conversations. */
function takeTurns(logs: readonly Log[], random: Random): { log: Log; length: number }[] {
  const turns: { log: Log; length: number }[] = [];
  for (const log of logs) {
    for (let left = log.count; left > 0; ) {
      const length = Math.min(left, random.between(1, MOST_IN_A_ROW));
      turns.push({ log, length });
      left -= length;
    }
  }
  for (let i = turns.length - 1; i > 0; i--) {
    const other = random.between(0, i);
    [turns[i], turns[other]] = [turns[other] as (typeof turns)[0], turns[i] as (typeof turns)[0]];
  }
  return turns;
}

/** Brings conversations and cursors to where their logs end. */
async function closeConversations(pool: pg.Pool, ends: Map<Log, { seq: number; at: Date }>): Promise<void> {
  const rows = [...ends].map(([{ pair }, { seq, at }]) => ({ id: pair.conversationId, seq, at }));
  await pool.query(
    `with ends as (
       select * from jsonb_to_recordset($1::jsonb) as r(id uuid, seq int, at timestamptz)
     ), ended as (
       update conversations c set last_seq = seq, revision = seq, low_last_seq = seq, high_last_seq = seq - 1,
         last_message_at = at
       from ends where c.id = ends.id
     )
     update members m set delivered_seq = seq, read_seq = seq, mailed_seq = seq
     from ends where m.conversation_id = ends.id`,
    [JSON.stringify(rows)],
  );
  await pool.query('vacuum (analyze) conversations, members');
}
