import { expect, test } from 'vitest';
import { runSteps } from '#lib/lifecycle/stop-gracefully.ts';

test('steps run in order, and one that fails or hangs does not hold up the rest', async () => {
  const done: string[] = [];
  const step = (name: string, run: () => unknown, milliseconds = 5) => ({ name, milliseconds, run });
  await runSteps([
    step('fails', () => {
      done.push('fails');
      throw new Error('no');
    }),
    step('hangs', () => {
      done.push('hangs');
      return new Promise(() => {});
    }),
    step('last', async () => done.push('last'), 1_000),
  ]);
  expect(done).toEqual(['fails', 'hangs', 'last']);
});
