import { expect, test } from 'vitest';
import { buildTimelineRows, findRowBySeq, isPrepend } from '#components/chat/timeline-rows.ts';
import type { TimelineMessage } from '#lib/chat-client/types.ts';

const start = Date.parse('2026-11-24T09:00:00Z');

/** A message `minutes` after nine; upper case writes as the viewer, lower case as the partner. */
function message(seq: number, who: 'A' | 'b', minutes: number): TimelineMessage {
  const isMine = who === 'A';
  return {
    key: `${who}:${seq}`,
    seq,
    clientId: String(seq),
    senderId: who,
    isMine,
    body: `text ${seq}`,
    createdAt: new Date(start + minutes * 60_000).toISOString(),
    status: 'read',
  };
}

const options = { dayOf: (at: string) => at.slice(0, 10), readSeq: null as number | null };
const shape = (rows: ReturnType<typeof buildTimelineRows>) =>
  rows.map((row) =>
    row.kind === 'message'
      ? `${row.startsGroup ? '[' : ''}${row.message.seq}${row.endsGroup ? ']' : ''}`
      : row.kind,
  );

test('joins one sender’s messages within five minutes of the group’s first', () => {
  const rows = buildTimelineRows(
    [message(1, 'A', 0), message(2, 'A', 3), message(3, 'A', 4.9), message(4, 'A', 6), message(5, 'b', 6.1)],
    options,
  );
  expect(shape(rows)).toEqual(['before', 'date', '[1', '2', '3]', '[4]', '[5]', 'after']);
});

test('puts a date where the day changes, which also parts a group', () => {
  const late = 15 * 60 - 1;
  const rows = buildTimelineRows([message(1, 'b', late), message(2, 'b', late + 2)], options);
  expect(shape(rows)).toEqual(['before', 'date', '[1]', 'date', '[2]', 'after']);
});

test('puts the divider before the partner’s first message above the cursor, once', () => {
  const messages = [message(1, 'b', 0), message(2, 'A', 1), message(3, 'b', 2), message(4, 'b', 3)];
  const rows = buildTimelineRows(messages, { ...options, readSeq: 1 });
  expect(shape(rows)).toEqual(['before', 'date', '[1]', '[2]', 'divider', '[3', '4]', 'after']);
});

test('shows no divider when its true place lies above the loaded messages', () => {
  const rows = buildTimelineRows([message(7, 'b', 0), message(8, 'b', 1)], { ...options, readSeq: 3 });
  expect(rows.some((row) => row.kind === 'divider')).toBe(false);
});

test('tells a page that came above from a message that came below', () => {
  const newer = [message(5, 'b', 10), message(6, 'b', 20)];
  const rows = buildTimelineRows(newer, options);
  const older = buildTimelineRows([message(3, 'A', 0), message(4, 'b', 5), ...newer], options);
  const later = buildTimelineRows([...newer, message(7, 'A', 30)], options);
  expect(isPrepend(rows, older)).toBe(true);
  expect(isPrepend(rows, later)).toBe(false);
  expect(isPrepend(rows, rows)).toBe(false);
});

test('tells a prepended page also when its last day is the first day that was there', () => {
  const rows = buildTimelineRows([message(5, 'b', 10)], options);
  const older = buildTimelineRows(
    [message(3, 'b', -24 * 60), message(4, 'b', 9), message(5, 'b', 10)],
    options,
  );
  expect(isPrepend(rows, older)).toBe(true);
});

test('finds the row of a message, and none for one that is not loaded', () => {
  const rows = buildTimelineRows([message(5, 'b', 10), message(6, 'b', 20)], options);
  expect(rows[findRowBySeq(rows, 6)]).toMatchObject({ kind: 'message', message: { seq: 6 } });
  expect(findRowBySeq(rows, 9)).toBe(-1);
});
