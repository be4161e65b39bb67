import { getPool } from '../client.ts';

export type PersonRow = { userId: string; username: string };

type Input = { viewerId: string; limit: number };
type KeyInput = Input & { keys: readonly string[]; pattern: string };

/** Rows that a look through the table reads before it leaves the search to the index. */
const SCANNED_ROWS = 3_000;

/**
 * People whose folded name lies in one of these ranges, in code point order: those with an account, neither guests
 * nor who is shut out, and not the viewer.
 * Reads no more than `limit` rows a range, whatever the number of people.
 */
export async function selectPeopleInRanges(
  input: Input & { ranges: readonly (readonly [from: string, to: string])[] },
): Promise<PersonRow[]> {
  const { rows } = await getPool().query<PersonRow>({
    name: 'people-in-ranges',
    text: `
      select u.id as "userId", u.username
      from unnest($1::text[], $2::text[]) as range(low, high)
      cross join lateral (
        select id, username, search_name from users
        where search_name collate "C" >= low and search_name collate "C" < high and id <> $3 and state = 'active'
        order by search_name collate "C" limit $4
      ) u
      order by u.search_name collate "C" limit $4`,
    values: [
      input.ranges.map(([low]) => low),
      input.ranges.map(([, high]) => high),
      input.viewerId,
      input.limit,
    ],
  });
  return rows;
}

/**
 * People by keys and pattern, without the viewer, in no order: the first found suffice. For keys
 * that are not too common, as their index is read whole. Not a named statement: the plan depends
 * on how common they are.
 */
export async function selectPeopleByKeys(input: KeyInput & { except?: string }): Promise<PersonRow[]> {
  const { rows } = await getPool().query<PersonRow>(
    `select id as "userId", username from users
     where search_keys @> $1 and search_name ~ $2 and id <> $3 and state = 'active' and ($5::text is null or search_name !~ $5)
     limit $4`,
    [input.keys, input.pattern, input.viewerId, input.limit, input.except ?? null],
  );
  return rows;
}

/**
 * People by pattern among some thousand rows of the table. What many names hold fills a page here,
 * where the index would first collect them all.
 */
export async function scanPeople(input: Input & { pattern: string; except: string }): Promise<PersonRow[]> {
  const { rows } = await getPool().query<PersonRow>({
    name: 'people-scan',
    text: `
      select id as "userId", username
      from (select id, username, search_name, state from users limit ${SCANNED_ROWS}) scanned
      where search_name ~ $1 and search_name !~ $2 and id <> $3 and state = 'active' limit $4`,
    values: [input.pattern, input.except, input.viewerId, input.limit],
  });
  return rows;
}
