import emojiPattern from 'emojibase-regex';

const MOST_EMOJI = 3;
// Signs of plain text, and half a flag.
const notShownAsEmoji = /^[©®™\u{1f1e6}-\u{1f1ff}]$/u;
/** Whatever is an emoji has one of these in it; most messages have none, and the rest costs them nothing. */
const partOfEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wholeEmoji = new RegExp(`^(?:${emojiPattern.source})$`);

/**
 * True for one to three emoji and nothing else but white space; such a message is shown large.
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
