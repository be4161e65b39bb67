/** Longest subject in characters as a person counts them; longer ones are cut by every mail client. */
export const SUBJECT_LIMIT = 120;

/**
 * Line breaks and other controls, and the marks that reorder or hide text (bidi controls, zero-width
 * space, BOM, tags). Joiners stay: emoji and several scripts need them.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it removes
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** One line that is safe in a header: no breaks, no controls, at most `limit` characters. */
export function cleanLine(text: string, limit: number): string {
  const line = text.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (cut.length + segment.length > limit - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
