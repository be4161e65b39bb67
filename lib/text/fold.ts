/** One pass of width and case folding; upper then lower case makes ß and ss, ſ and s alike. */
function foldOnce(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/**
 * A username as uniqueness and search compare it: width folded (NFKC) and case folded, so that
 * `Ｍinji`, `MINJI` and `minji` are one name.
 */
export function foldUsername(username: string): string {
  // Folding can compose characters that fold further; the second pass makes the result stable.
  return foldOnce(foldOnce(username));
}

/** An e-mail address as uniqueness compares it: trimmed, width and case folded. */
export function foldEmail(email: string): string {
  return foldUsername(email.trim());
}
