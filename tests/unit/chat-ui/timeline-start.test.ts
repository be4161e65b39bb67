import { expect, test } from 'vitest';
import { parseConversationId } from '#components/chat/conversation/conversation-id.ts';
import { parseTargetSeq } from '#components/chat/conversation/target-seq.ts';
import type { TimelineRow } from '#components/chat/timeline/timeline-rows.ts';
import { chooseStart, findStartRow, rememberPlace } from '#components/chat/timeline/timeline-start.ts';

const rows: TimelineRow[] = [
  { kind: 'before', key: 'before' },
  { kind: 'divider', key: 'divider:3', isCurrent: false },
  { kind: 'divider', key: 'divider:7', isCurrent: true },
  { kind: 'after', key: 'after' },
];

test('a conversation starts at the message asked for, else at the first unread, else at the end', () => {
  expect(chooseStart({ conversationId: 'a', rows, targetSeq: 7 })).toEqual({ at: 'seq', seq: 7 });
  expect(chooseStart({ conversationId: 'a', rows, targetSeq: null })).toEqual({ at: 'divider' });
  expect(chooseStart({ conversationId: 'a', rows: [], targetSeq: null })).toEqual({ at: 'end' });
});

test('a conversation that was left while scrolled up is shown there again', () => {
  const place = { at: 'row', key: 'after', offset: -12 } as const;
  rememberPlace('b', place);
  expect(chooseStart({ conversationId: 'b', rows, targetSeq: null })).toEqual(place);
  expect(findStartRow(rows, place)).toBe(3);
  expect(findStartRow(rows, { at: 'divider' })).toBe(2);
  rememberPlace('b', { ...place, key: 'gone' });
  expect(chooseStart({ conversationId: 'b', rows, targetSeq: null })).toEqual({ at: 'divider' });
});

test('reads the conversation and the message from an address', () => {
  expect(parseConversationId('/chat/0190a1b2')).toBe('0190a1b2');
  expect(parseConversationId('/chat')).toBeNull();
  expect(parseConversationId('/chat/new')).toBeNull();
  expect(parseTargetSeq('42')).toBe(42);
  for (const nonsense of ['0', '-1', '1.5', 'x', '', '99999999999', ['1'], null, undefined]) {
    expect(parseTargetSeq(nonsense)).toBeNull();
  }
});
