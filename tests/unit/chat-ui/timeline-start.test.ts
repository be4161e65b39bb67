import { expect, test } from 'vitest';
import { parseRoomId } from '#components/chat/room-id.ts';
import { parseTargetSeq } from '#components/chat/target-seq.ts';
import type { TimelineRow } from '#components/chat/timeline-rows.ts';
import { chooseStart, findStartRow, rememberPlace } from '#components/chat/timeline-start.ts';

const rows: TimelineRow[] = [
  { kind: 'before', key: 'before' },
  { kind: 'divider', key: 'divider' },
  { kind: 'after', key: 'after' },
];

test('a room starts at the message asked for, else at the first unread, else at the end', () => {
  expect(chooseStart({ conversationId: 'a', rows, targetSeq: 7 })).toEqual({ at: 'seq', seq: 7 });
  expect(chooseStart({ conversationId: 'a', rows, targetSeq: null })).toEqual({ at: 'divider' });
  expect(chooseStart({ conversationId: 'a', rows: [], targetSeq: null })).toEqual({ at: 'end' });
});

test('a room that was left while scrolled up is shown there again', () => {
  const place = { at: 'row', key: 'after', offset: -12 } as const;
  rememberPlace('b', place);
  expect(chooseStart({ conversationId: 'b', rows, targetSeq: null })).toEqual(place);
  expect(findStartRow(rows, place)).toBe(2);
  rememberPlace('b', { ...place, key: 'gone' });
  expect(chooseStart({ conversationId: 'b', rows, targetSeq: null })).toEqual({ at: 'divider' });
});

test('reads the room and the message from an address', () => {
  expect(parseRoomId('/chat/0190a1b2')).toBe('0190a1b2');
  expect(parseRoomId('/chat')).toBeNull();
  expect(parseRoomId('/chat/new')).toBeNull();
  expect(parseTargetSeq('42')).toBe(42);
  for (const nonsense of ['0', '-1', '1.5', 'x', '', '99999999999', ['1'], null, undefined]) {
    expect(parseTargetSeq(nonsense)).toBeNull();
  }
});
