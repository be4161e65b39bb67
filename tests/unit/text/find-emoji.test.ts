import * as v from 'valibot';
import { expect, test } from 'vitest';
import { emojiSchema } from '#lib/chat/schemas.ts';
import rows from '#lib/text/emoji/emoji.json' with { type: 'json' };
import { type EmojiRow, readEmojiRows } from '#lib/text/emoji/emoji.ts';
import { findEmoji } from '#lib/text/emoji/find-emoji.ts';
import { applySkinTone, SKIN_TONES } from '#lib/text/emoji/skin-tone.ts';
import { makeEmojiRows } from '../../../scripts/emoji/make-emoji-rows.ts';

const all = readEmojiRows(rows as EmojiRow[]);
const find = (query: string, options = {}) => findEmoji(all, query, options).map(({ char }) => char);

test('the list holds what the package does; if not, run scripts/write-emoji.ts', () => {
  expect(rows).toEqual(makeEmojiRows());
});

test('the server accepts every emoji as a reaction, in every skin tone, as it is offered', () => {
  expect(all.length).toBeGreaterThan(1900);
  const offered = all.flatMap(({ char, hasTones }) => [
    char,
    ...(hasTones ? SKIN_TONES.map((tone) => applySkinTone(char, tone)) : []),
  ]);
  expect(offered.filter((char) => v.safeParse(emojiSchema, char).output !== char)).toEqual([]);
  expect(new Set(offered).size).toBe(offered.length);
});

test('every emoji is found by its names in both languages and by each shortcode', () => {
  for (const { char, names, shortcodes } of all.filter((_, index) => index % 23 === 0)) {
    for (const query of [names.ko, names.en, ...shortcodes]) expect(find(query), query).toContain(char);
  }
});

test.each([
  ['a Korean word', '고양이', '🐱'],
  ['a Korean keyword', '생일', '🎂'],
  ['a syllable on its way to the next', '핱', '🥰'],
  ['an unfinished syllable', '불ㄲ', '🎆'],
  ['initial consonants', 'ㄱㅇㅇ', '🐱'],
  ['initials that a keyboard joins', 'ㄳ', '🙏'],
  ['without the space of the name', '빨간색하트', '❤️'],
  ['an English word', 'fire', '🔥'],
  ['capital letters', 'Fire', '🔥'],
  ['an English keyword', 'birthday', '🎂'],
  ['words in another order', 'heart red', '❤️'],
  ['a shortcode', 'tada', '🎉'],
  ['the beginning of a shortcode', 'heart_ey', '😍'],
  ['a shortcode with a sign', '+1', '👍'],
  ['an emoji', '🐙', '🐙'],
])('finds by %s', (_how, query, char) => {
  expect(find(query)).toContain(char);
});

test('the best comes first: a whole name, then the one used last, then a beginning', () => {
  expect(find('fire')[0]).toBe('🔥');
  expect(find('joy')[0]).toBe('😂');
  const preferred = ['💙', '❤️'];
  expect(find('하트', { preferred }).slice(0, 2)).toEqual(preferred);
  expect(find('ㅎㅌ', { preferred }).slice(0, 4)).toEqual(expect.arrayContaining(preferred));
});

test('a completion finds what begins so, and not what has it inside', () => {
  expect(find('art')).toContain('❤️');
  expect(find('art', { isFromStart: true })).not.toContain('❤️');
});

test.each(['', '  ', 'zzzzzz', '(((', '\\', '[a', '하'.repeat(200)])('nothing for %j', (query) => {
  expect(find(query)).toEqual([]);
});

test('a tone goes to each person, and to the handshake that stands alone', () => {
  expect(applySkinTone('👋', '🏽')).toBe('👋🏽');
  expect(applySkinTone('☝️', '🏽')).toBe('☝🏽');
  expect(applySkinTone('👩‍🚀', '🏿')).toBe('👩🏿‍🚀');
  expect(applySkinTone('🧑‍🤝‍🧑', '🏻')).toBe('🧑🏻‍🤝‍🧑🏻');
  expect(applySkinTone('🤝', '🏻')).toBe('🤝🏻');
  expect(applySkinTone('🐱', '🏻')).toBe('🐱');
});
