import { getPool } from '../client.ts';

export type PersonRow = { userId: string; username: string };

type Input = { viewerId: string; keys: string[]; pattern: string; limit: number };

/**
 * People whose folded name begins as the query says, in code point order, without the viewer.
 *
 * The name range is read in index order and ends with the limit, so that a single common character
 * costs as little as a rare one; where the keys are rarer, PostgreSQL takes their index instead.
 * Not a named statement: a generic plan could not tell the two apart.
 */
export async function selectPeopleBeginning(
  input: Input & { from: string; to: string; opening: string | null },
): Promise<PersonRow[]> {
  const { rows } = await getPool().query<PersonRow>(
    `select id as "userId", username from users
     where search_name collate "C" >= $1 and search_name collate "C" < $2
       and search_keys @> $3 and search_name ~ $4 and id <> $5
     order by search_name collate "C" limit $6`,
    [
      input.from,
      input.to,
      input.opening ? [...input.keys, input.opening] : input.keys,
      `^${input.pattern}`,
      input.viewerId,
      input.limit,
    ],
  );
  return rows;
}

/**
 * People whose folded name holds the query elsewhere than at its beginning, without the viewer.
 *
 * Unordered, so that the first found suffice: rare keys come from the GIN index, keys that most
 * names have from the table itself.
 */
export async function selectPeopleHolding(input: Input): Promise<PersonRow[]> {
  const { rows } = await getPool().query<PersonRow>(
    `select id as "userId", username from users
     where search_keys @> $1 and search_name ~ $2 and search_name !~ $3 and id <> $4
     limit $5`,
    [input.keys, input.pattern, `^${input.pattern}`, input.viewerId, input.limit],
  );
  return rows;
}
