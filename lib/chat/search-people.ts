import { selectPeopleBeginning, selectPeopleHolding } from '#db/queries/search-people.ts';
import { peopleQuery } from '../text/people-keys.ts';
import type { Partner } from './types.ts';

/** Most people that one search shows. */
export const MAX_PEOPLE = 20;

/**
 * People whose username matches what was typed: any part of it, Korean syllables, initial
 * consonants, the last syllable possibly unfinished. Those whose name begins so come first. Never
 * the viewer, at most 20, and e-mail addresses are neither searched nor returned.
 */
export async function searchPeople(input: { viewerId: string; query: string }): Promise<Partner[]> {
  const parsed = peopleQuery(input.query);
  if (!parsed) return [];
  const { viewerId } = input;
  const found = await selectPeopleBeginning({ ...parsed, viewerId, limit: MAX_PEOPLE });
  if (found.length === MAX_PEOPLE) return found;
  const others = await selectPeopleHolding({ ...parsed, viewerId, limit: MAX_PEOPLE - found.length });
  return [...found, ...others.sort((a, b) => (a.username < b.username ? -1 : 1))];
}
