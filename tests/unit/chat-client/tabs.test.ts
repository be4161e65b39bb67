import { afterEach, expect, test, vi } from 'vitest';
import { withTabLock } from '#lib/chat-client/connection/tabs.ts';

afterEach(() => vi.unstubAllGlobals());

let turns = 0;
const newTurn = () => `turn-${++turns}`;
const fail = async () => {
  throw new Error('the work broke');
};

test('what fails in a turn is thrown to who took it, and the next turn begins', async () => {
  const name = newTurn();
  await expect(withTabLock(name, fail)).rejects.toThrow('the work broke');
  const work = vi.fn(async () => {});
  await withTabLock(name, work);
  expect(work).toHaveBeenCalledOnce();
});

test('it is so where a browser has no locks', async () => {
  vi.stubGlobal('navigator', {});
  await expect(withTabLock(newTurn(), fail)).rejects.toThrow('the work broke');
});

test('a turn that is taken over learns of it, and what fails in it afterwards is thrown as well', async () => {
  const name = newTurn();
  const begun = Promise.withResolvers<void>();
  const stolen = Promise.withResolvers<void>();
  const former = withTabLock(name, async (turn) => {
    begun.resolve();
    await stolen.promise;
    await vi.waitFor(() => expect(turn.isLost).toBe(true));
    await fail();
  });
  const failure = expect(former).rejects.toThrow('the work broke');
  await begun.promise;
  await navigator.locks.request(name, { steal: true }, async () => stolen.resolve());
  await failure;
});
