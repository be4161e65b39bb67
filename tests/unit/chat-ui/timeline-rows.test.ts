import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildTimelineRows,
  findFirstUnreadRow,
  findRowBySeq,
  isPrepend,
} from '#components/chat/timeline/timeline-rows.ts';
import { makeSendingItem, makeStoredItem } from '../../support/timeline-item.ts';

const start = Date.parse('2026-11-24T09:00:00Z');

const atMinute = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

/** A message `minutes` after nine; upper case writes as the viewer, lower case as the partner. */
const message = (seq: number, who: 'A' | 'b', minutes: number) =>
  makeStoredItem({ seq, senderId: who, isMine: who === 'A', createdAt: atMinute(minutes) });
const unsent = (order: number, minutes: number) => makeSendingItem(order, 'A', atMinute(minutes));

const options = { dayOf: (at: string) => at.slice(0, 10), readSeqs: [] as number[], fromSeq: 1 };
const shape = (rows: ReturnType<typeof buildTimelineRows>) =>
  rows.map((row) =>
    row.kind === 'message'
      ? `${row.startsGroup ? '[' : ''}${row.item.seq}${row.endsGroup ? ']' : ''}`
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
  const rows = buildTimelineRows(messages, { ...options, readSeqs: [1] });
  expect(shape(rows)).toEqual(['before', 'date', '[1]', '[2]', 'divider', '[3', '4]', 'after']);
});

test('shows no divider when its true place lies above the loaded messages', () => {
  const rows = buildTimelineRows([message(7, 'b', 0), message(8, 'b', 1)], {
    ...options,
    readSeqs: [3],
    fromSeq: 7,
  });
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
  expect(rows[findRowBySeq(rows, 6)]).toMatchObject({ kind: 'message', item: { seq: 6 } });
  expect(findRowBySeq(rows, 9)).toBe(-1);
});

const keysOf = (rows: ReturnType<typeof buildTimelineRows>) => rows.map(({ key }) => key);

test('an unsent text of an earlier day stands below the later day without a date of its own', () => {
  const yesterday = -24 * 60;
  const rows = buildTimelineRows(
    [message(1, 'b', yesterday - 5), message(2, 'b', 0), unsent(3, yesterday), unsent(4, 1)],
    options,
  );
  expect(shape(rows)).toEqual(['before', 'date', '[1]', 'date', '[2]', '[null]', '[null]', 'after']);
});

test('no two rows have the same key, whatever the clocks say', () => {
  const moments = fc.array(fc.tuple(fc.integer({ min: -4000, max: 4000 }), fc.boolean(), fc.boolean()), {
    maxLength: 30,
  });
  const cursors = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 4 });
  fc.assert(
    fc.property(moments, cursors, (moments, readSeqs) => {
      const messages = moments.map(([minutes, isMine], index) =>
        message(index + 1, isMine ? 'A' : 'b', minutes),
      );
      const waiting = moments.filter(([, , isUnsent]) => isUnsent);
      const pending = waiting.map(([minutes], index) => unsent(index + 100, minutes));
      const rows = buildTimelineRows([...messages, ...pending], { ...options, readSeqs });
      expect(new Set(keysOf(rows)).size).toBe(rows.length);
      const days = rows.flatMap((row) => (row.kind === 'date' ? [row.key] : []));
      expect(days).toEqual([...days].sort());
      expect(rows.filter((row) => row.kind === 'divider' && row.isCurrent).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('the divider of a later absence is current, and the earlier one keeps its row', () => {
  const messages = [message(1, 'b', 0), message(2, 'b', 1), message(3, 'A', 2), message(4, 'b', 3)];
  const rows = buildTimelineRows(messages, { ...options, readSeqs: [1, 2] });
  expect(shape(rows)).toEqual(['before', 'date', '[1]', 'divider', '[2]', '[3]', 'divider', '[4]', 'after']);
  const dividers = rows.flatMap((row) => (row.kind === 'divider' ? [row.isCurrent] : []));
  expect(dividers).toEqual([false, true]);
});

test('two cursors with the same first unread message share one divider, the current one', () => {
  const messages = [message(1, 'b', 0), message(2, 'A', 1), message(3, 'b', 2)];
  const rows = buildTimelineRows(messages, { ...options, readSeqs: [1, 2] });
  expect(rows.filter((row) => row.kind === 'divider')).toEqual([
    { kind: 'divider', key: 'divider:2', isCurrent: true },
  ]);
});

test('an hour of silence puts air between two messages, unless a line stands there', () => {
  const messages = [message(1, 'b', 0), message(2, 'b', 59), message(3, 'A', 119), message(4, 'b', 24 * 60)];
  const rows = buildTimelineRows(messages, options);
  const pauses = rows.flatMap((row) => (row.kind === 'message' ? [row.followsPause] : []));
  expect(pauses).toEqual([false, false, true, false]);
});

test('the first unread message is the partner’s first above the cursor', () => {
  const messages = [message(1, 'b', 0), message(2, 'A', 1), message(3, 'b', 2), message(4, 'b', 3)];
  const rows = buildTimelineRows([...messages, unsent(5, 4)], options);
  expect(rows[findFirstUnreadRow(rows, 1)]).toMatchObject({ item: { seq: 3 } });
  expect(rows[findFirstUnreadRow(rows, 3)]).toMatchObject({ item: { seq: 4 } });
  expect(findFirstUnreadRow(rows, 4)).toBe(-1);
});
