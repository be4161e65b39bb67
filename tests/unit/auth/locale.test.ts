import { expect, test } from 'vitest';
import { negotiateLocale } from '#lib/i18n/config.ts';

test.each([
  ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
  ['en-US,en;q=0.9,ko;q=0.8', 'en'],
  ['en;q=0.5, ko;q=0.9', 'ko'],
  ['fr-FR,fr;q=0.9,ko;q=0.2', 'ko'],
  ['ko;q=0', 'en'],
  ['fr', 'en'],
  ['', 'en'],
  [null, 'en'],
] as const)('Accept-Language %j is answered in %s', (header, locale) => {
  expect(negotiateLocale(header)).toBe(locale);
});
