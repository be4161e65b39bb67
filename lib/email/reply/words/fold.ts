/** A link and what stands in brackets about it; in what mail programs make of one it ends at a space. */
const LINKS = /\b(?:https?:\/\/|mailto:)\S+/gi;

/**
 * A text as quotations are compared: letters, digits and emoji alone, in one case and width. What programs do
 * to a text that they quote (new line breaks, marks, stars for bold, links beside words) changes nothing.
 */
export function fold(text: string): string {
  return text
    .replace(LINKS, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{S}]|[<>|`~^=+$]|\ufe0f/gu, '');
}

/** The links in a text, without what ends the sentence or the bracket that they stand in. */
export function listLinks(text: string): string[] {
  return (text.match(LINKS) ?? []).map((link) => link.replace(/[)\]>}.,;:!?'"”’]+$/, ''));
}

/** A line of nothing but blanks, rules, and marks of quotation. */
export const isBlank = (text: string) => /^[\s\-_=*─—>|]*$/.test(text);

/** A text as part of an expression that finds just that text. */
export const escapePattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
