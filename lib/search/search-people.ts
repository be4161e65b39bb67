import { scanPeople, selectPeopleByKeys, selectPeopleInRanges } from '#db/queries/search-people.ts';
import type { Partner } from '#lib/chat/types.ts';
import { type PeopleQuery, peopleQuery } from '#lib/text/people-keys.ts';
import { MAX_PEOPLE } from './sizes.ts';

/**
 * People whose username matches what was typed: any part of it, Korean syllables, initial
 * consonants, the last syllable possibly unfinished. Those whose name begins so come first. Never
 * the viewer, at most `MAX_PEOPLE`, and e-mail addresses are neither searched nor returned.
 */
export async function searchPeople(input: { viewerId: string; query: string }): Promise<Partner[]> {
  const parsed = peopleQuery(input.query);
  if (!parsed) return [];
  const found = await findBeginning(parsed, input.viewerId);
  if (found.length === MAX_PEOPLE) return found;
  return [...found, ...(await findHolding(parsed, input.viewerId, MAX_PEOPLE - found.length))];
}

async function findBeginning(parsed: PeopleQuery, viewerId: string): Promise<Partner[]> {
  const { beginnings, opening, keys, pattern } = parsed;
  if (beginnings) return selectPeopleInRanges({ ranges: beginnings, viewerId, limit: MAX_PEOPLE });
  const found = await selectPeopleByKeys({
    keys: opening ? [...keys, opening] : keys,
    pattern: `^${pattern}`,
    viewerId,
    limit: MAX_PEOPLE,
  });
  return found.sort(compareNames);
}

/** Names that hold the query elsewhere than at their beginning. */
async function findHolding(parsed: PeopleQuery, viewerId: string, limit: number): Promise<Partner[]> {
  const wanted = { ...parsed, except: `^${parsed.pattern}`, viewerId, limit };
  const scanned = await scanPeople(wanted);
  const found = scanned.length === limit ? scanned : await selectPeopleByKeys(wanted);
  return found.sort(compareNames);
}

const compareNames = (a: Partner, b: Partner) => (a.username < b.username ? -1 : 1);
