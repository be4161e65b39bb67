import { expect, test } from 'vitest';
import { toMailTarget } from '#lib/auth/accounts/mail-target.ts';

test.each([
  'minji@example.com',
  'MINJI@Example.COM',
  'minji+1@example.com',
  'ｍinji+a+b@example.com',
  ' minji+@example.com ',
])('%j leads to the same mailbox as the plain address', (email) => {
  expect(toMailTarget(email)).toBe('minji@example.com');
});

test('dots count but where the provider does not look at them', () => {
  expect(toMailTarget('min.ji@example.com')).toBe('min.ji@example.com');
  expect(toMailTarget('Min.Ji+x@googlemail.com')).toBe('minji@gmail.com');
  expect(toMailTarget('minji@gmail.com.example.org')).toBe('minji@gmail.com.example.org');
});
