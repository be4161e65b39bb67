/** Sources of regular expressions (flags `iu`) for the characters that links are read by. */

/** Characters without a shape of their own, which can hide in a host or reorder text. */
export const INVISIBLE = '[\\p{Cf}\\p{Default_Ignorable_Code_Point}]';

/** Scripts that are written onto an address without a space. */
export const CJK = '[\\p{Script=Hangul}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]';

/** Emoji, arrows and dingbats: set beside addresses, not in them. */
export const EMOJI = '[\\u2190-\\u2bff\\u{1f000}-\\u{1faff}]';

const HAN_OR_KANA = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]';

/**
 * What a label of a host is made of: letters, marks, digits, hyphens, underscores, and the marks of
 * single scripts that IDNA allows between letters (RFC 5892, appendix A). No two alternatives share a
 * character, so that a failed match takes no time.
 */
const LABEL_CHARACTER = [
  '(?!\\u20e3)[\\p{L}\\p{M}\\p{N}_\\u0f0b\\u05f3\\u05f4-]',
  `(?![\\p{L}\\p{M}])${INVISIBLE}`,
  '(?<=l)\\u00b7(?=l)',
  `(?<=${HAN_OR_KANA})\\u30fb(?=${HAN_OR_KANA})`,
].join('|');

export const LABEL = `(?:${LABEL_CHARACTER}){1,253}`;
