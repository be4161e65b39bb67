import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { defineSingleton } from '#lib/runtime/singleton.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const { clear } = defineSingleton('test');
afterEach(clear);

test('a value is made when it is first asked for, once, and anew after it was cleared', () => {
  const make = vi.fn(() => ({}));
  const value = defineSingleton('test', make);
  expect(value.peek()).toBeUndefined();
  const first = value.get();
  expect(value.get()).toBe(first);
  expect(value.peek()).toBe(first);
  value.clear();
  expect(value.get()).not.toBe(first);
  expect(make).toHaveBeenCalledTimes(2);
});

test('a module that is evaluated twice finds what the first evaluation made or set', () => {
  const define = () => defineSingleton('test', () => Symbol('made'));
  const made = define().get();
  expect(define().get()).toBe(made);
  define().set(made);
  expect(define().peek()).toBe(made);
});

test('no two values have the same name', () => {
  const names = globSync(['app/**/*.ts*', 'components/**/*.ts*', 'db/**/*.ts', 'lib/**/*.ts*', '*.ts'], {
    cwd: root,
  }).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bdefineSingleton(?:<.+?>)?\(\s*'(\w+)'/g)].map(
      ([, name]) => name,
    ),
  );
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
