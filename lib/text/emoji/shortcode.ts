import type { Emoji } from './emoji.ts';

/** What somebody begins to write between colons: where its first colon stands, and what follows that. */
export type TypedShortcode = { from: number; query: string };

/**
 * A colon begins a shortcode at the start of a word, or behind an emoji. So times (10:30), addresses, `std::vector` and
 * keys of JSON are none.
 */
const BEFORE = /(?:^|[\s([{“‘「『]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{RI}|[\ufe0f\u20e3])$/u;
const TYPED = /:((?:[\p{L}\p{N}]|[+-]1)[\p{L}\p{M}\p{N}_+-]+|[+-]1)(:?)$/u;
/** Emoticons with letters, as :DD or :XD. */
const EMOTICON = /^[A-Z]{1,3}$/;

function readTyped(text: string, caret: number, end: '' | ':'): TypedShortcode | null {
  const before = text.slice(Math.max(0, caret - 64), caret);
  const found = TYPED.exec(before);
  if (!found || found[2] !== end || EMOTICON.test(found[1] ?? '')) return null;
  if (!BEFORE.test(before.slice(0, found.index))) return null;
  return { from: caret - found[0].length, query: found[1] ?? '' };
}

/** The shortcode that is being written before the caret, at least two characters of it; null where there is none. */
export function readOpenShortcode(text: string, caret: number): TypedShortcode | null {
  const typed = readTyped(text, caret, '');
  return typed && /^\d+$/.test(typed.query) ? null : typed;
}

/** The shortcode that ends with the colon before the caret. */
export const readClosedShortcode = (text: string, caret: number) => readTyped(text, caret, ':');

/** The emoji that a whole shortcode means, or a whole Korean name or keyword; undefined for one that nothing has. */
export function findByShortcode(all: readonly Emoji[], query: string): Emoji | undefined {
  const code = query.normalize('NFC').toLowerCase();
  const found = all.find(({ shortcodes }) => shortcodes.includes(code));
  if (found || !/\p{Script=Hangul}/u.test(code)) return found;
  const has = (text: string) => text.split('\n').includes(code.replaceAll('_', ' '));
  return all.find(({ titles }) => has(titles)) ?? all.find(({ keywords }) => has(keywords));
}
