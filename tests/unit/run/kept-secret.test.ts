import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { keepReplaceableSecret, keepSecret } from '#db/kept-secret.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-secret-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keep = (file: string) => keepSecret(file, 'everybody logs in again');
const newFile = () => path.join(mkdtempSync(path.join(folder, 'case-')), 'secret');

test('a secret is made once, for its owner only, and nothing else is left behind', () => {
  const file = newFile();
  const made = keep(file);
  expect(made).toMatch(/^[\w-]{44}$/);
  expect(keep(file)).toBe(made);
  expect(keepReplaceableSecret(file)).toBe(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(file))).toEqual(['secret']);
});

test('what a start that broke off wrote aside is in nobody’s way', () => {
  const file = newFile();
  writeFileSync(`${file}.${process.pid}`, 'half');
  expect(keep(file)).toMatch(/^[\w-]{44}$/);
});

test.each([
  'a secret that a person wrote, with marks!\n'.replaceAll(' ', '_'),
  `${'x'.repeat(40)}\r\n`,
  'x'.repeat(44),
])('a whole secret %j is used as it is', (text) => {
  const file = newFile();
  writeFileSync(file, text);
  expect(keep(file)).toBe(text.trim());
});

const damages: [string, (whole: string) => string][] = [
  ['empty', () => ''],
  ['zero-filled', (whole) => '\0'.repeat(whole.length)],
  ['half written', (whole) => whole.slice(0, 20)],
  ['cut off by one character', (whole) => whole.slice(0, 43)],
  ['cut off near its end', (whole) => whole.slice(0, 36)],
  ['zero-filled from its middle', (whole) => whole.slice(0, 32).padEnd(45, '\0')],
  ['nothing but blank', () => '\n\n  \n'],
];

describe.each(damages)('a secret that is %s', (_, damage) => {
  test('is refused with what to do, and kept', () => {
    const file = newFile();
    const damaged = damage(`${keep(file)}\n`);
    writeFileSync(file, damaged);
    expect(() => keep(file)).toThrow(
      /secret is damaged: restore it from a backup, or delete it .*\(everybody logs in again\)/,
    );
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  });

  test('is replaced where it can be given anew', () => {
    const file = newFile();
    const lost = keep(file);
    writeFileSync(file, damage(`${lost}\n`));
    const made = keepReplaceableSecret(file);
    expect(made).toMatch(/^[\w-]{44}$/);
    expect(made).not.toBe(lost);
    expect(keep(file)).toBe(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['secret']);
  });
});

test('a folder in the place of a secret is refused in plain words', () => {
  const file = newFile();
  mkdirSync(file);
  expect(() => keep(file)).toThrow(/cannot be read \(EISDIR\).*restore it/);
  expect(() => keepReplaceableSecret(file)).toThrow(/cannot be read \(EISDIR\)/);
});
