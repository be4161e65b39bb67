import { expect, test } from 'vitest';
import { groupEmoji } from '#components/chat/emoji/emoji-cells.ts';
import { type EmojiRow, readEmojiRows } from '#lib/text/emoji/emoji.ts';

const all = readEmojiRows([
  ['👋', 1, 0.6, 1, 'wave', '흔드는 손', '', 'waving hand', ''],
  ['❤️', 0, 0.6, 0, 'heart', '빨간색 하트', '', 'red heart', ''],
] satisfies EmojiRow[]);

test('those used last come first, as they were used, with a name in the language of the page', () => {
  const recent = ['👋🏿', '❤', '🫠'];
  const [first, ...others] = groupEmoji(all, recent, { language: 'ko', tone: '🏽' });
  expect(first).toEqual({
    name: 'recent',
    // What this device cannot draw, or no list has, is left out.
    cells: [
      { char: '👋🏿', name: '흔드는 손' },
      { char: '❤', name: '빨간색 하트' },
    ],
  });
  expect(others.map(({ name, cells }) => [name, cells.map(({ char }) => char)])).toEqual([
    ['smileys', ['❤️']],
    ['people', ['👋🏽']],
  ]);
});

test('a group without emoji is not shown', () => {
  expect(groupEmoji(all, [], { language: 'en', tone: null }).map(({ name }) => name)).toEqual([
    'smileys',
    'people',
  ]);
});
