const MOST_EMOJI = 3;
// Characters of plain text, and half a flag.
const notShownAsEmoji = /^[©®™\u{1f1e6}-\u{1f1ff}]$/u;
/** Whatever is an emoji has one of these in it; most messages have none, and the rest costs them nothing. */
const partOfEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

// Uses the browser's own tables: a list of all emoji would be the longest module of the chat. Future emoji count
// too, so that the server and an older browser render the same.
const LATER = '(?=\\p{Cn})\\p{Extended_Pictographic}';
const MODIFIED = `(?:\\p{Emoji_Modifier_Base}|${LATER})\\p{Emoji_Modifier}`;
const FLAG = '\\p{Regional_Indicator}{2}|\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}';
const PLAIN = `(?![#*\\d])(?:\\p{Emoji}|${LATER})[\\ufe0e\\ufe0f]?|[#*\\d]\\ufe0f?\\u20e3`;
const ONE = `(?:${MODIFIED}|${FLAG}|${PLAIN})`;
const wholeEmoji = new RegExp(`^${ONE}(?:\\u200d${ONE})*$`, 'u');

/**
 * True for up to `MOST_EMOJI` emoji and nothing else but white space; such a message is shown large.
 * A sequence (family, skin tone, flag, keycap) counts as one; digits and letters are none.
 */
export function isEmojiOnly(text: string): boolean {
  // The longest sequence is a subdivision flag or a family: well under 40 units.
  if (text.length > 240 || !partOfEmoji.test(text)) return false;
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (/^\s+$/.test(segment)) continue;
    if (++count > MOST_EMOJI || !wholeEmoji.test(segment) || notShownAsEmoji.test(segment)) return false;
  }
  return count > 0;
}
