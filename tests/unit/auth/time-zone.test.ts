import { beforeEach, expect, test, vi } from 'vitest';
import { keepTimeZone } from '#lib/auth/time-zone.ts';
import { TIME_ZONE_COOKIE, tellTimeZone } from '#lib/time-zone.ts';

const given = vi.hoisted(() => ({ cookie: undefined as string | undefined, updateTimeZone: vi.fn() }));
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: () => given.cookie && { value: given.cookie } }),
}));
vi.mock('#db/queries/users.ts', () => ({ updateTimeZone: given.updateTimeZone }));
vi.mock('#lib/i18n/server.ts', () => ({}));
vi.mock('#lib/auth/sessions/current-user.ts', () => ({}));
vi.mock('#lib/runtime/log.ts', () => ({ getLog: () => ({ warn() {} }) }));

/** A document's cookies, as a browser gives them back: without their attributes. */
function createJar() {
  let kept = 'other=1';
  const written: string[] = [];
  return {
    written,
    get cookie() {
      return kept;
    },
    set cookie(line: string) {
      written.push(line);
      kept = `other=1; ${line.split(';')[0]}`;
    },
  };
}

beforeEach(() => {
  given.cookie = undefined;
  given.updateTimeZone.mockReset().mockResolvedValue(undefined);
});

test('the zone is told also where the server guesses the same one, as for Korean in Seoul', () => {
  const jar = createJar();
  expect(tellTimeZone(jar, { zone: 'Asia/Seoul', told: null, isSecure: false })).toBe(true);
  expect(jar.written).toEqual([`${TIME_ZONE_COOKIE}=Asia%2FSeoul; path=/; max-age=31536000; samesite=lax`]);
  expect(tellTimeZone(jar, { zone: 'Asia/Seoul', told: 'Asia/Seoul', isSecure: false })).toBe(false);
  expect(jar.written).toHaveLength(1);
});

test('a zone that changes on a journey is told', () => {
  const jar = createJar();
  expect(tellTimeZone(jar, { zone: 'Asia/Seoul', told: null, isSecure: true })).toBe(true);
  expect(tellTimeZone(jar, { zone: 'America/New_York', told: 'Asia/Seoul', isSecure: true })).toBe(true);
  expect(jar.written.at(-1)).toMatch(/^dandul\.tz=America%2FNew_York;.*; secure$/);
});

test('nothing is told anew where cookies are refused or the zone is unknown', () => {
  const refusing = { cookie: '' };
  Object.defineProperty(refusing, 'cookie', { get: () => `${TIME_ZONE_COOKIE}=UTC`, set() {} });
  expect(tellTimeZone(refusing, { zone: 'Asia/Seoul', told: 'UTC', isSecure: false })).toBe(false);
  expect(tellTimeZone(createJar(), { zone: undefined, told: null, isSecure: false })).toBe(false);
});

test.each([
  { told: 'Asia/Seoul', account: null, kept: 'Asia/Seoul' },
  { told: 'America/New_York', account: 'Asia/Seoul', kept: 'America/New_York' },
  { told: 'asia/seoul', account: 'Asia/Seoul', kept: null },
  { told: undefined, account: 'Asia/Seoul', kept: null },
  { told: 'Mars/Olympus', account: 'Asia/Seoul', kept: null },
])('the account at $account keeps the told zone $told: $kept', async ({ told, account, kept }) => {
  given.cookie = told;
  await keepTimeZone({ userId: 'minji', timeZone: account });
  expect(given.updateTimeZone.mock.calls).toEqual(kept === null ? [] : [['minji', kept]]);
});

test('a page is shown although its zone could not be kept', async () => {
  given.cookie = 'Asia/Seoul';
  given.updateTimeZone.mockRejectedValue(new Error('no database'));
  await expect(keepTimeZone({ userId: 'minji', timeZone: null })).resolves.toBeUndefined();
});
