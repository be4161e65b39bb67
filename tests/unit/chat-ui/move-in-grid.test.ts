import { expect, test } from 'vitest';
import { moveInGrid } from '#components/chat/emoji/picker/move-in-grid.ts';

// 0 1 2 3
// 4
// -------
// 5 6 7
const move = (at: number, key: string) => moveInGrid([5, 3], 4, at, key);

test('left and right go through all cells and stop at the ends', () => {
  expect(move(3, 'ArrowRight')).toBe(4);
  expect(move(5, 'ArrowLeft')).toBe(4);
  expect(move(0, 'ArrowLeft')).toBe(0);
  expect(move(7, 'ArrowRight')).toBe(7);
  expect([move(4, 'Home'), move(4, 'End')]).toEqual([0, 7]);
});

test('up and down keep the column as far as a row reaches, across groups', () => {
  expect(move(2, 'ArrowDown')).toBe(4);
  expect(move(4, 'ArrowDown')).toBe(5);
  expect(move(7, 'ArrowUp')).toBe(4);
  expect(move(4, 'ArrowUp')).toBe(0);
  expect(move(6, 'ArrowDown')).toBe(6);
  expect(move(1, 'ArrowUp')).toBe(-1);
});
