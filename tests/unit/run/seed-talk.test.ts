import { expect, test } from 'vitest';
import { makePeople } from '#db/seed/people.ts';
import { makeRandom } from '#db/seed/random.ts';
import { makeTalk } from '#db/seed/talk.ts';

test('the demo has minji, junho and 200 more, no two alike', () => {
  const people = makePeople(makeRandom(1));
  expect(people).toHaveLength(202);
  expect(people.slice(0, 2).map((person) => person.username)).toEqual(['minji', 'junho']);
  expect(new Set(people.map((person) => person.username)).size).toBe(202);
  expect(new Set(people.map((person) => person.email)).size).toBe(202);
  for (const { username } of people) expect([...username].length).toBeGreaterThanOrEqual(3);
});

test.each(['ko', 'en'] as const)('talk in %s has its length, both voices, and no open slots', (locale) => {
  const lines = makeTalk(makeRandom(7), 3_000, locale);
  expect(lines).toHaveLength(3_000);
  expect(new Set(lines.map((line) => line.speaker))).toEqual(new Set([0, 1]));
  for (const { body } of lines) {
    expect(body).not.toMatch(/[{}|]/);
    expect(body.trim()).toBe(body);
    expect([...body].length).toBeGreaterThan(0);
    expect([...body].length).toBeLessThanOrEqual(4_000);
  }
  expect(lines.some((line) => line.body.includes('\n'))).toBe(true);
  expect(lines.some((line) => line.body.includes('https://'))).toBe(true);
});

test('the same seed makes the same talk', () => {
  expect(makeTalk(makeRandom(3), 50, 'ko')).toEqual(makeTalk(makeRandom(3), 50, 'ko'));
});
