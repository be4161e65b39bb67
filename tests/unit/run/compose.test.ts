import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const compose = readFileSync('docker-compose.yml', 'utf8');
/** The services by name, each as it is written. */
const services = new Map(
  [
    ...(/^services:\n([\s\S]*?)^\S/m.exec(compose)?.[1] ?? '').matchAll(/^ {2}(\w+):\n((?: {3,}.*\n|\n)+)/gm),
  ].map(([, name = '', body = '']) => [name, body]),
);

test('every service of the team setup is confined and limited', () => {
  expect([...services.keys()]).toEqual(expect.arrayContaining(['web', 'postgres', 'redis']));
  const confined = /^x-confined: &confined\n((?: {2}.*\n)+)/m.exec(compose)?.[1] ?? '';
  for (const line of [
    'read_only: true',
    'cap_drop: [ALL]',
    'security_opt: [no-new-privileges:true]',
    'pids_limit:',
  ]) {
    expect(confined).toContain(line);
  }
  for (const [name, body] of services) {
    expect([name, body.includes('<<: *confined'), body.includes('mem_limit:')]).toEqual([name, true, true]);
  }
});

test('Redis has a password, and no secret has a default', () => {
  expect(services.get('redis')).toMatch(/requirepass/);
  for (const name of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'AUTH_SECRET']) {
    expect(compose).toMatch(new RegExp(`\\$\\{${name}:\\?`));
    expect(compose).not.toMatch(new RegExp(`\\$\\{${name}:-`));
  }
});
