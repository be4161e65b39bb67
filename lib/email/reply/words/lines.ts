/** One line of a mail: how deep it is quoted, what stands behind the marks, and all of it. */
export type Line = { depth: number; text: string; raw: string };

/** Marks of quotation at the start of a line, with or without a space after each. */
const MARKS = /^(?:> ?)+/;

/** A text's lines, unchanged. */
export function toLines(text: string): Line[] {
  return text.split('\n').map((raw) => {
    const marks = MARKS.exec(raw)?.[0] ?? '';
    return { depth: marks.replaceAll(' ', '').length, text: raw.slice(marks.length), raw };
  });
}

/**
 * The lines that a writer of format=flowed meant (RFC 3676): what was broken at a space is one line again, as
 * long as both halves are quoted equally deep; the space before `>` or `From` that protected a line goes; the
 * signature's mark breaks every line.
 *
 * @param delSp whether the space at the break was put there with it.
 */
export function unflow(text: string, delSp: boolean): Line[] {
  const lines: Line[] = [];
  let isOpen = false;
  for (const raw of text.split('\n')) {
    const depth = /^>*/.exec(raw)?.[0].length ?? 0;
    const content = raw.slice(depth).replace(/^ /, '');
    const isMark = content === '-- ';
    const last = lines.at(-1);
    const isFlowed = content.endsWith(' ') && !isMark;
    const kept = isFlowed && delSp ? content.slice(0, -1) : content;
    // Programs that leave a space before an empty line mean a paragraph's end.
    if (isOpen && last && last.depth === depth && !isMark && content !== '') last.text += kept;
    else lines.push({ depth, text: kept, raw: '' });
    isOpen = isFlowed;
  }
  for (const line of lines) line.raw = line.depth > 0 ? `${'>'.repeat(line.depth)} ${line.text}` : line.text;
  return lines;
}
