/** Roughly where characters of full width begin: Hangul, CJK, emoji. */
const FULL_WIDTH_FROM = 0x1100;

/** About how many lines a text takes where `lineEm` characters of full width fit into one. */
export function estimateLines(text: string, lineEm: number): number {
  return text.split('\n').reduce((lines, line) => {
    let width = 0;
    for (const character of line) width += (character.codePointAt(0) ?? 0) >= FULL_WIDTH_FROM ? 1 : 0.5;
    return lines + Math.max(1, Math.ceil(width / lineEm));
  }, 0);
}
