import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEmojiOnly } from '#lib/text/emoji.ts';

test.each([
  ['one', '😀'],
  ['three', '😀😃😄'],
  ['with spaces and lines', ' 😀\n😃 '],
  ['a family joined', '👨‍👩‍👧‍👦'],
  ['a skin tone', '👍🏽'],
  ['a flag', '🇰🇷'],
  ['a subdivision flag', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['a keycap', '1️⃣'],
  ['a heart, with and without its selector', '❤️❤'],
  ['three long sequences', '👩🏽‍🚀👩‍❤️‍💋‍👨🏳️‍🌈'],
])('large: %s', (_name, text) => {
  expect(isEmojiOnly(text)).toBe(true);
});

test.each([
  ['nothing', ''],
  ['only space', '  \n'],
  ['a digit', '1'],
  ['digits', '2026'],
  ['a number sign', '#'],
  ['four', '😀😃😄😁'],
  ['a word beside', '😀 좋아요'],
  ['a letter', 'a'],
  ['Hangul', '네'],
  ['laughter', 'ㅋㅋ'],
  ['a sign of plain text', '©'],
  ['half a flag', '🇰'],
  ['a joiner alone', '\u200d'],
  ['a long run', '😀'.repeat(2000)],
])('not large: %s', (_name, text) => {
  expect(isEmojiOnly(text)).toBe(false);
});

test('text with any ASCII sign in it is never large', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.string({ minLength: 1, maxLength: 3 }),
      (a, b) => {
        fc.pre(/[!-~]/.test(b));
        expect(isEmojiOnly(a + b)).toBe(false);
      },
    ),
  );
});
