import { expect, test } from 'vitest';
import {
  extend,
  MAX_SELECTED,
  prune,
  type Selection,
  startSelection,
  toggle,
} from '#components/chat/selection/selection.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';

/** Items with these seqs; those of `deleted` say nothing. */
const makeItems = (count: number, deleted: number[] = []) =>
  Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    kind: deleted.includes(index + 1) ? 'deleted' : 'stored',
  })) as TimelineItem[];
const listed = ({ seqs }: Selection) => [...seqs].sort((a, b) => a - b);

test('one is selected and let go of', () => {
  const begun = startSelection(3);
  expect(listed(toggle(begun, 5))).toEqual([3, 5]);
  expect(listed(toggle(toggle(begun, 5), 3))).toEqual([5]);
  expect(listed(toggle(begun, 3))).toEqual([]);
});

test('a range goes from the last one pressed, shrinks and turns with what follows, and leaves the rest', () => {
  const items = makeItems(9, [5]);
  const begun = toggle(startSelection(1), 4);
  expect(listed(extend(begun, items, 7))).toEqual([1, 4, 6, 7]);
  const shrunk = extend(extend(begun, items, 7), items, 5);
  expect(listed(shrunk)).toEqual([1, 4]);
  expect(listed(extend(shrunk, items, 2))).toEqual([1, 2, 3, 4]);
  expect(listed(toggle(extend(begun, items, 7), 8))).toEqual([1, 4, 6, 7, 8]);
});

test('no more than a hundred are selected, those nearest to the last one pressed', () => {
  const items = makeItems(300);
  const down = extend(startSelection(50), items, 290);
  expect(down).toMatchObject({ isFull: true });
  expect(listed(down)).toEqual(Array.from({ length: MAX_SELECTED }, (_, index) => 50 + index));
  expect(listed(extend(startSelection(290), items, 1))[0]).toBe(191);
  const more = toggle(down, 200);
  expect([more.isFull, more.seqs.size]).toEqual([true, MAX_SELECTED]);
  const fewer = toggle(down, 60);
  expect([fewer.isFull, fewer.seqs.size]).toEqual([false, MAX_SELECTED - 1]);
});

test('what is deleted or gone leaves, also from what a later range keeps; else it is the same object', () => {
  const begun = toggle(toggle(startSelection(2), 4), 6);
  expect(prune(begun, makeItems(9))).toBe(begun);
  const left = prune(begun, makeItems(5, [2]));
  expect(listed(left)).toEqual([4]);
  expect(listed(extend(left, makeItems(9, [2]), 7))).toEqual([4, 6, 7]);
});
