import { toAsciiAddress } from './email-address.ts';

/** Longest username, in code points; a longer query finds nobody. */
export const MAX_NAME_LENGTH = 30;

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

/** An e-mail address as uniqueness compares it: trimmed, width and case folded, its domain in ASCII. */
export function foldEmail(email: string): string {
  // Before folding, because straße.de and strasse.de are two domains.
  return foldUsername(toAsciiAddress(email.trim().normalize('NFKC')));
}
