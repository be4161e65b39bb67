import { expect, test } from 'vitest';
import { createReactionWatch } from '#components/chat/acting/reactions/reaction-news.ts';
import type { Reaction } from '#lib/chat/types.ts';
import { makeDeletedItem, makeStoredItem } from '../../support/timeline-item.ts';

const by = (emoji: string, ...userIds: string[]): Reaction => ({ emoji, userIds });

function withReactions(seq: number, reactions?: Reaction[]) {
  const item = makeStoredItem({ seq, senderId: 'me', isMine: true });
  return { ...item, message: { ...item.message, ...(reactions && { reactions }) } };
}

test('tells what the partner puts on a message and takes away, once', () => {
  const watch = createReactionWatch('partner');
  expect(watch([withReactions(1)])).toBeNull();
  const reacted = withReactions(1, [by('👍', 'partner')]);
  expect(watch([reacted])).toEqual({ emoji: '👍', on: true, key: reacted.key });
  expect(watch([reacted])).toBeNull();
  expect(watch([withReactions(1)])).toEqual({ emoji: '👍', on: false, key: reacted.key });
});

test('one’s own reactions and what comes with a page are no news', () => {
  const watch = createReactionWatch('partner');
  expect(watch([withReactions(2, [by('👍', 'partner')])])).toBeNull();
  expect(
    watch([withReactions(1, [by('😂', 'partner')]), withReactions(2, [by('👍', 'partner', 'me')])]),
  ).toBeNull();
});

test('a deletion takes reactions along and is no news of them', () => {
  const watch = createReactionWatch('partner');
  watch([withReactions(1, [by('👍', 'partner')])]);
  expect(watch([makeDeletedItem({ seq: 1, senderId: 'me', isMine: true })])).toBeNull();
});
