import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNameMatcher, peopleKeys, peopleQuery } from '#lib/text/people-keys.ts';

/** What PostgreSQL answers by keys, pattern and range: null, or whether the name begins so. */
function match(username: string, query: string): 'begins' | 'holds' | null {
  const parsed = peopleQuery(query);
  const matches = createNameMatcher(query);
  expect(matches === null).toBe(parsed === null);
  if (!parsed) return null;
  const keys = peopleKeys(username);
  const name = keys[0] ?? '';
  const isFound = new RegExp(parsed.pattern, 'u').test(name);
  expect(matches?.(username)).toBe(isFound);
  if (!isFound) return null;
  // Every match has the keys, and the ranges hold just those that begin so.
  expect(parsed.keys.filter((key) => !keys.includes(key))).toEqual([]);
  const begins = new RegExp(`^${parsed.pattern}`, 'u').test(name);
  if (parsed.beginnings) {
    expect(parsed.beginnings.some(([from, to]) => from <= name && name < to)).toBe(begins);
  }
  if (begins && parsed.opening) expect(keys).toContain(parsed.opening);
  return begins ? 'begins' : 'holds';
}

test.each([
  ['민지', 'ㅁ', 'begins'],
  ['민지', '미', 'begins'],
  ['민지', '민', 'begins'],
  ['민지', '민ㅈ', 'begins'],
  ['민지', '민지', 'begins'],
  ['민지', 'ㅁㅈ', 'begins'],
  ['미나', '민', 'begins'],
  ['관우', '고', 'begins'],
  ['달가', '닭', 'begins'],
  ['각설이', 'ㄳ', 'begins'],
  ['김민지', 'ㅁㅈ', 'holds'],
  ['김민지', '김ㅁㅈ', 'begins'],
  ['김민지', 'ㄱ민지', 'begins'],
  ['김민지', '지', 'holds'],
  ['ＭｉｎＪＩ', 'minji', 'begins'],
  ['minji', 'ＩＮ', 'holds'],
  ['minji', '@Min', 'begins'],
  ['a.b-c_d', '.', 'holds'],
  ['a.b-c_d', 'b-c_', 'holds'],
  ['axb', '.', null],
  ['ㅋㅋㅋ', 'ㅋㅋ', 'begins'],
  ['민지', 'ㅈㅁ', null],
  ['만지', '민', null],
  ['민지', 'minji@example.com', null],
  ['민지', ' ', null],
])('%s by %s: %s', (username, query, expected) => {
  expect(match(username, query)).toBe(expected);
});

const letter = fc.oneof(
  fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom(...'ㄱㅋㅏㄳㅄabcXYZ０９ßéΣ가나다라값닭관'),
  fc.constantFrom('_', '.', '-'),
);
const username = fc.array(letter, { minLength: 3, maxLength: 30 }).map((letters) => letters.join(''));

test('a name is found by every part of it, decomposed or in capitals', () => {
  fc.assert(
    fc.property(username, fc.nat(), fc.nat(), (name, from, length) => {
      const chars = [...name];
      const start = from % chars.length;
      const part = chars.slice(start, start + 1 + (length % chars.length)).join('');
      expect(match(name, part)).not.toBeNull();
      expect(match(name.normalize('NFD'), part)).not.toBeNull();
      expect(match(name, part.toUpperCase().normalize('NFD'))).not.toBeNull();
    }),
    { numRuns: 400 },
  );
});
