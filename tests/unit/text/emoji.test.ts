import emojiPattern from 'emojibase-regex';
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

// The table that this Node.js has and the one that the package has may be of different Unicode versions.
test('signs, alone, as a picture or with a skin tone, are emoji where the list of all emoji says so', () => {
  const listed = new RegExp(`^(?:${emojiPattern.source})$`);
  const missing: string[] = [];
  const surplus: string[] = [];
  for (let code = 0x20; code < 0x1fc00; code++) {
    const sign = String.fromCodePoint(code);
    // Parts of others; what no Unicode has yet; signs of plain text.
    if (/[\p{Cs}\p{Cn}\p{RI}\p{Emoji_Modifier}©®™]/u.test(sign)) continue;
    const forms = listed.test(sign) ? [sign, `${sign}\ufe0f`, `${sign}🏽`] : [sign, `${sign}🏽`];
    for (const form of forms) {
      if (listed.test(form) && !isEmojiOnly(form)) missing.push(form);
      if (isEmojiOnly(form) && !listed.test(form.replace('\ufe0f', ''))) surplus.push(form);
    }
  }
  expect(missing).toEqual([]);
  // The family has no skin tones in the list, but Unicode allows it some.
  expect(surplus).toEqual(['👪🏽']);
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
