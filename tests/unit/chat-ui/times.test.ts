import { expect, test } from 'vitest';
import { createTimes } from '#components/chat/times.ts';

const now = Date.parse('2026-11-24T03:00:00Z');
const seoul = { locale: 'ko', timeZone: 'Asia/Seoul', now, today: '오늘', yesterday: '어제' };
const newYork = { locale: 'en', timeZone: 'America/New_York', now, today: 'Today', yesterday: 'Yesterday' };

test('a list shows the time today, the weekday within a week, else the date', () => {
  const times = createTimes(seoul);
  expect(times.short('2026-11-24T00:05:00Z')).toBe('오전 9:05');
  expect(times.short('2026-11-23T14:59:00Z')).toBe('어제');
  expect(times.short('2026-11-20T03:00:00Z')).toBe('금요일');
  expect(times.short('2026-11-10T03:00:00Z')).toBe('11월 10일');
  expect(times.short('2025-11-10T03:00:00Z')).toBe('2025. 11. 10.');
});

test('the day is the viewer’s, not the server’s', () => {
  const at = '2026-11-23T15:00:00Z';
  expect(createTimes(seoul).dayOf(at)).toBe('2026-11-24');
  expect(createTimes(newYork).dayOf(at)).toBe('2026-11-23');
  expect(createTimes(seoul).day(at)).toBe('오늘');
  expect(createTimes(newYork).day('2026-11-23T04:59:00Z')).toBe('Yesterday');
});

test('the clock is the language’s own, around midnight and noon too', () => {
  const clocks = (times: ReturnType<typeof createTimes>, ...at: string[]) => at.map(times.clock);
  expect(clocks(createTimes(seoul), '2026-11-23T15:00:00Z', '2026-11-24T03:30:00Z')).toEqual([
    '오전 12:00',
    '오후 12:30',
  ]);
  expect(clocks(createTimes(newYork), '2026-11-23T05:05:00Z', '2026-11-23T18:07:00Z')).toEqual([
    '12:05 AM',
    '1:07 PM',
  ]);
});
