import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDomainEvents } from '#lib/runtime/domain-events.ts';
import { type getLog, logSingleton } from '#lib/runtime/log.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';

type Events = { 'thing:made': { name: string }; 'thing:lost': { name: string } };

let heard: string[];
const logged = vi.fn();
beforeEach(() => {
  heard = [];
  logged.mockReset();
  logSingleton.set({ error: logged } as unknown as ReturnType<typeof getLog>);
  defineSingleton('testConsumers').clear();
});
afterEach(() => logSingleton.clear());

const note = (who: string) => (event: { name: string }) => heard.push(`${who} ${event.name}`);

test('every consumer hears what it asked for before emit returns, in the order in which they came', () => {
  const events = createDomainEvents<Events>('test');
  events.register('first', { 'thing:made': note('first') });
  events.register('second', { 'thing:made': note('second'), 'thing:lost': note('lost') });
  events.emit('thing:made', { name: 'cup' });
  expect(heard).toEqual(['first cup', 'second cup']);
});

test('a consumer that throws, or fails later, is logged and keeps nobody from hearing', async () => {
  const events = createDomainEvents<Events>('test');
  const broken = new Error('broken');
  events.register('throws', {
    'thing:made': () => {
      throw broken;
    },
  });
  events.register('rejects', { 'thing:made': async () => Promise.reject(broken) });
  events.register('works', { 'thing:made': note('works') });
  events.emit('thing:made', { name: 'cup' });
  expect(heard).toEqual(['works cup']);
  await vi.waitFor(() => expect(logged).toHaveBeenCalledTimes(2));
  const told = logged.mock.calls.map(([fields]) => fields);
  expect(told).toEqual([
    { err: broken, event: 'thing:made', consumer: 'throws' },
    { err: broken, event: 'thing:made', consumer: 'rejects' },
  ]);
});

test('another copy of the module tells the same consumers, and a name is registered once', () => {
  createDomainEvents<Events>('test').register('one', { 'thing:made': note('early') });
  createDomainEvents<Events>('test').register('one', { 'thing:made': note('late') });
  createDomainEvents<Events>('test').emit('thing:made', { name: 'cup' });
  expect(heard).toEqual(['late cup']);
});
