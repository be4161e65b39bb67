import { expect, test } from 'vitest';
import { createTurns } from '#lib/runtime/turns.ts';

/** A work that says when it began and ends when it is told to. */
function makeWork(log: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const work = () => {
    log.push(name);
    return promise;
  };
  return { work, end: () => resolve(name), fail: () => reject(new Error(name)) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('one key’s works wait for their turn, in line; another key’s do not', async () => {
  const begun: string[] = [];
  const turns = createTurns(2);
  const works = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => makeWork(begun, name));
  const done = works.map(({ work }, index) => turns(index < 4 ? 'a' : 'b', work));
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  works[1]?.end();
  expect(await done[1]).toBe('a2');
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  for (const { end } of works) end();
  expect(await Promise.all(done)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1']);
});

test('a work that fails gives its turn on', async () => {
  const begun: string[] = [];
  const turns = createTurns(1);
  const [first, second] = [makeWork(begun, 'first'), makeWork(begun, 'second')];
  const failed = expect(turns('a', first.work)).rejects.toThrow('first');
  const done = turns('a', second.work);
  first.fail();
  await failed;
  second.end();
  expect(await done).toBe('second');
});
