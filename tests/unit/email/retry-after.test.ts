import { expect, test } from 'vitest';
import { parseRetryAfter } from '#lib/email/transports/resend.ts';

test.each([
  ['30', 30],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 60],
  ['999999', 21_600],
  ['0', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('reads Retry-After %s as %s seconds', (value, seconds) => {
  expect(parseRetryAfter(value, 0)).toBe(seconds);
});
