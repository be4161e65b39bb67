import { expect, test } from 'vitest';
import { countUnread, isPassedOver } from '#components/chat/timeline/unread-below.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { makeDeletedItem, makeSendingItem, makeStoredItem } from '../../support/timeline-item.ts';

/** Messages from `firstSeq` on: `b` by the partner, `A` one's own, `x` deleted, `-` one's own unsent. */
function messagesOf(text: string, firstSeq = 1): TimelineItem[] {
  return [...text].map((sign, index) => {
    const written = { seq: firstSeq + index, senderId: sign, isMine: sign === 'A' };
    if (sign === '-') return makeSendingItem(index, 'A');
    return sign === 'x' ? makeDeletedItem(written) : makeStoredItem(written);
  });
}

test('counts the partner’s messages above a seq', () => {
  expect(countUnread(messagesOf('bbAbxb--'), 0)).toBe(4);
  expect(countUnread(messagesOf('bbAbxb--'), 2)).toBe(2);
  expect(countUnread(messagesOf('bbAbxb--'), 6)).toBe(0);
  expect(countUnread([], 0)).toBe(0);
});

test('what is read or in sight is not passed over', () => {
  const messages = messagesOf('bbbAbb');
  expect(isPassedOver({ items: messages, fromSeq: 1 }, 3, 4)).toBe(false);
  expect(isPassedOver({ items: messages, fromSeq: 1 }, 3, 5)).toBe(false);
  expect(isPassedOver({ items: messages, fromSeq: 1 }, 6, 6)).toBe(false);
  expect(isPassedOver({ items: messages, fromSeq: 1 }, 0, 1)).toBe(false);
});

test('what is unread above the messages in sight is passed over, loaded or not', () => {
  const messages = messagesOf('bbbAbb');
  expect(isPassedOver({ items: messages, fromSeq: 1 }, 1, 4)).toBe(true);
  expect(isPassedOver({ items: messages, fromSeq: 1 }, 3, 6)).toBe(true);
  expect(isPassedOver({ items: messagesOf('AbA', 50), fromSeq: 50 }, 20, 50)).toBe(true);
});

test('a first message that shows nothing does not make what follows it passed over', () => {
  expect(isPassedOver({ items: messagesOf('bb', 5), fromSeq: 4 }, 3, 5)).toBe(false);
});
