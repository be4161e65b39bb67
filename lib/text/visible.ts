/**
 * A character that draws something: no white space, nothing that is ignorable by default (zero width,
 * fillers, selectors, tags, bidi controls), no control, and none of the blanks that Unicode counts as
 * symbols: the empty Braille cell, annotation marks, the musical null notehead.
 */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb\u{1d159}]/u;

/** True when a person would see anything of this text. One rule for the composer, the server and replies by mail. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}
