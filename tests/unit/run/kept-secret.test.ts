import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keepSecret } from '#db/kept-secret.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-secret-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a secret is made once, for its owner only, and nothing else is left behind', () => {
  const file = path.join(folder, 'secret');
  const made = keepSecret(file);
  expect(made.length).toBeGreaterThanOrEqual(32);
  expect(keepSecret(file)).toBe(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['secret']);
});

test('a damaged secret is refused, never replaced', () => {
  const file = path.join(folder, 'damaged');
  writeFileSync(file, 'cut');
  expect(() => keepSecret(file)).toThrow(/damaged/);
});
