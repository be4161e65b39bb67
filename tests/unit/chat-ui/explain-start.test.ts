import { createTranslator } from 'use-intl';
import { expect, test } from 'vitest';
import { explainStart } from '#components/search/explain-start.ts';
import type { Fault } from '#lib/chat/types.ts';
import en from '#lib/i18n/en/index.ts';
import ko from '#lib/i18n/ko/index.ts';

const HOUR_MS = 3_600_000;
const explain = (locale: 'ko' | 'en', error: Fault) => {
  const messages = (locale === 'ko' ? ko : en) as typeof ko;
  return explainStart(createTranslator({ locale, messages, namespace: 'search' }), error);
};

test('why a conversation could not be opened is said with how long to wait, in what people count waits in', () => {
  expect(explain('ko', { code: 'rate_limited', retryAfterMs: 30_000 })).toContain('30초');
  expect(explain('en', { code: 'rate_limited', retryAfterMs: 29_100 })).toContain('30 seconds');
  expect(explain('ko', { code: 'rate_limited', retryAfterMs: 4.2 * HOUR_MS })).toContain('5시간');
  expect(explain('en', { code: 'rate_limited', retryAfterMs: 5 * HOUR_MS })).toContain('5 hours');
  expect(explain('ko', { code: 'not_found' })).toBe(ko.search.people.startGone);
  expect(explain('en', { code: 'unavailable' })).toBe(en.search.people.startFailed);
});
