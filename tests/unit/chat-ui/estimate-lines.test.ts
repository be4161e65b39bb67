import { expect, test } from 'vitest';
import { estimateLines } from '#components/chat/message/estimate-lines.ts';

test.each([
  ['nothing', '', 1],
  ['a word', 'hello', 1],
  ['breaks', 'a\n\nb', 3],
  ['Korean as wide as a line', '가'.repeat(20), 1],
  ['Korean a little wider', '가'.repeat(21), 2],
  ['Latin, which is half as wide', 'a'.repeat(40), 1],
  ['a long text', '가나다 '.repeat(100), 18],
])('lines of %s', (_name, text, lines) => {
  expect(estimateLines(text, 20)).toBe(lines);
});
