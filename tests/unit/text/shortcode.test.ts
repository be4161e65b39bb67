import { expect, test } from 'vitest';
import rows from '#lib/text/emoji/emoji.json' with { type: 'json' };
import { type EmojiRow, readEmojiRows } from '#lib/text/emoji/emoji.ts';
import { findByShortcode, readClosedShortcode, readOpenShortcode } from '#lib/text/emoji/shortcode.ts';

const all = readEmojiRows(rows as EmojiRow[]);
const openAtEnd = (text: string) => readOpenShortcode(text, text.length);
const closedAtEnd = (text: string) => readClosedShortcode(text, text.length);

test.each([
  [':jo', 0, 'jo'],
  ['안녕 :하트', 3, '하트'],
  ['안녕 :ㅎㅌ', 3, 'ㅎㅌ'],
  ['line\n:heart_e', 5, 'heart_e'],
  ['(:jo', 1, 'jo'],
  ['😂:jo', 2, 'jo'],
  ['👍🏽:jo', 4, 'jo'],
  ['❤️:jo', 2, 'jo'],
  [':+1', 0, '+1'],
])('%j is being completed', (text, from, query) => {
  expect(openAtEnd(text)).toEqual({ from, query });
  expect(closedAtEnd(text)).toBeNull();
});

test.each([
  ':',
  ':j',
  ':)',
  ':-)',
  ':-D',
  ':D',
  ':DD',
  ':P',
  ':3',
  ':30',
  '10:30',
  'at 10:30am',
  'https://a.example',
  'localhost:3000',
  'std::vector',
  '::before',
  'a:hover',
  '좋아:하트',
  '{"a":true',
  ':joy ',
  ':joy:',
])('%j is left alone', (text) => {
  expect(openAtEnd(text)).toBeNull();
});

test('only what stands before the caret is read', () => {
  expect(readOpenShortcode('a :jo b', 5)).toEqual({ from: 2, query: 'jo' });
  expect(readOpenShortcode('a :jo b', 7)).toBeNull();
});

test.each([
  [':joy:', '😂'],
  ['그래 :+1:', '👍'],
  [':100:', '💯'],
  [':고양이:', '🐈'],
  [':JOY_cat:', '😹'],
])('%j ends with a whole one', (text, char) => {
  const typed = closedAtEnd(text);
  expect(findByShortcode(all, typed?.query ?? '')?.char).toBe(char);
});

test.each([':nothing_such:', ':없는말:'])('%j means no emoji', (text) => {
  expect(findByShortcode(all, closedAtEnd(text)?.query ?? '')).toBeUndefined();
});

test('no colon after a time, or between colons that are none', () => {
  for (const text of ['10:30:', 'a::joy:', 'std::joy:', '::']) expect(closedAtEnd(text), text).toBeNull();
});
