type Range = [start: number, end: number];

/** Characters shown before the first match and in all; about two lines on a phone. */
const BEFORE = 24;
const LENGTH = 160;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The nearest place at or before `index` that cuts no character in two. */
function floorToCharacter(text: string, index: number): number {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  // A look at the text around it suffices: characters are short, bodies need not be.
  const from = Math.max(0, index - 64);
  return from + (segmenter.segment(text.slice(from)).containing(index - from)?.index ?? 0);
}

/** A stretch of the body around its first match, and whether each piece of it is one. */
export function cutSnippet(body: string, ranges: Range[]): { text: string; isHit: boolean }[] {
  const first = ranges[0]?.[0] ?? 0;
  const start = first <= BEFORE * 2 ? 0 : floorToCharacter(body, first - BEFORE);
  const end = floorToCharacter(body, start + LENGTH);
  const pieces: { text: string; isHit: boolean }[] = [];
  const push = (from: number, to: number, isHit: boolean) => {
    if (from < to) pieces.push({ text: body.slice(from, to), isHit });
  };
  if (start > 0) pieces.push({ text: '…', isHit: false });
  let at = start;
  for (const [from, to] of ranges) {
    if (from >= end) break;
    push(at, Math.min(from, end), false);
    push(Math.max(from, at), Math.min(to, end), true);
    at = Math.max(at, Math.min(to, end));
  }
  push(at, end, false);
  if (end < body.length) pieces.push({ text: '…', isHit: false });
  return pieces;
}
