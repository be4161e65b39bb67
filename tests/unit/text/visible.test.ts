import { parse, safeParse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { bodySchema } from '#lib/chat/schemas.ts';
import { splitText } from '#lib/email/reply/split-text.ts';
import { isVisible } from '#lib/text/visible.ts';

const INVISIBLE: [name: string, text: string][] = [
  ['white space', ' \t\n\u00a0\u3000\u2028'],
  ['zero width', '\u200b\u200c\u200d\u2060\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['bidi controls', '\u200e\u202e\u2066\u061c'],
  ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
  ['variation selectors', '\ufe0f\ufe00\u{e0100}\u180b'],
  ['tags', '\u{e0001}\u{e0061}\u{e007f}'],
  ['an empty Braille cell', '\u2800'],
  ['a grapheme joiner', '\u034f'],
  ['Khmer inherent vowels', '\u17b4\u17b5'],
  ['invisible operators', '\u2061\u2064\u206a'],
  ['annotation marks', '\ufff9\ufffb'],
  ['controls', '\u0001\u001f\u007f\u0085'],
  ['musical blanks', '\u{1d159}\u{1d173}'],
];

describe('a message that nobody would see is refused', () => {
  test.each(INVISIBLE)('%s', (_, text) => {
    expect(isVisible(text)).toBe(false);
    const parsed = safeParse(bodySchema, text);
    expect(parsed.success).toBe(false);
    expect(parsed.issues?.map(({ message }) => message)).toEqual(['invalid']);
    expect(splitText(text)).toEqual([]);
  });

  test.each(INVISIBLE)('%s beside a letter is kept as it was written', (_, text) => {
    expect(parse(bodySchema, `a${text}b`)).toBe(`a${text}b`.normalize('NFC'));
  });
});

test.each(['.', '가', '👨‍👩‍👧', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '⠿', 'ㅋ', '\u0301', '￼'])('%s is seen', (text) => {
  expect(isVisible(text)).toBe(true);
  expect(safeParse(bodySchema, text).success).toBe(true);
});
