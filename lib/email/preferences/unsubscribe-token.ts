import { timingSafeEqual } from 'node:crypto';
import { signFor } from './signing-key.ts';

const PURPOSE = 'dandul unsubscribe v1';

/** A token that turns off this person's mails and does nothing else. It does not expire. */
export function makeUnsubscribeToken(userId: string): string {
  return `${userId}.${signFor(PURPOSE, userId).toString('base64url')}`;
}

/** The id of the person a token speaks for, or undefined when it is not one of ours. */
export function readUnsubscribeToken(token: unknown): string | undefined {
  if (typeof token !== 'string') return undefined;
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(token);
  if (!match?.[1] || !match[2]) return undefined;
  const given = Buffer.from(match[2], 'base64url');
  const expected = signFor(PURPOSE, match[1]);
  return given.length === expected.length && timingSafeEqual(given, expected) ? match[1] : undefined;
}
