import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

type Entry = { integrity?: string; link?: boolean; resolved?: string };

const file = path.resolve(import.meta.dirname, '../../../package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> };
const installed = Object.entries(packages).filter(([name]) => name !== '');

test('every package, those for other machines too, is told by its hash', () => {
  expect(installed.length).toBeGreaterThan(400);
  const unproven = installed.filter(([, entry]) => !/^sha512-[\w+/]{86}==$/.test(entry.integrity ?? ''));
  expect(unproven.map(([name]) => name)).toEqual([]);
});

test('no package names the registry that it came from', () => {
  expect(installed.filter(([, entry]) => entry.resolved).map(([name]) => name)).toEqual([]);
});
