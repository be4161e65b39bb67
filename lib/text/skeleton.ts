import unhomoglyph from 'unhomoglyph';
import { foldUsername } from './fold.ts';

/** Hangul letters that Unicode's table does not map to their look-alikes. */
const HANGUL_LOOKALIKES: Record<string, string> = { ᄋ: 'o', 丨: 'l' };

/** One pass over Unicode's table of confusables, which tells small letters from capitals. */
function replaceLookalikes(text: string): string {
  return unhomoglyph(text.normalize('NFD')).replace(/[ᄋ丨]/g, (char) => HANGUL_LOOKALIKES[char] ?? char);
}

/**
 * What a name looks like, as the skeleton of UTS #39 (4): `paul`, `pauI` and `раul` share one, and so do
 * `user0` and `userO`. Only for comparison.
 *
 * The first pass sees the capitals that are shown, the second what folding makes of them.
 */
export function toSkeleton(name: string): string {
  const shown = replaceLookalikes(name.normalize('NFKC'));
  return foldUsername(replaceLookalikes(foldUsername(shown)));
}
