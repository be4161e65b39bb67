import { convertHangulToQwerty } from 'es-hangul';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { listKoreanWords } from '../names/korean-words.ts';

/**
 * Passwords that a guesser reaches within so many tries are refused. Eight characters that nobody can
 * foresee take 100 million by the same reckoning, and pass.
 */
const WEAK_GUESSES = 5e7;

/** What is reckoned of a long password: the time grows faster than its length, and so much is safe by itself. */
const RECKONED_LENGTH = 32;

/** Decoration at either end, up to six characters in all, makes no commonplace a good password. */
const DECORATION = /^[\p{N}\p{P}\p{S}]*|[\p{N}\p{P}\p{S}]*$/gu;
const DECORATION_LENGTH = 6;

/** What stands for a letter inside a word. */
const LOOKALIKES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '8': 'b',
  '3': 'e',
  '6': 'g',
  '1': 'i',
  '!': 'i',
  '|': 'l',
  '0': 'o',
  '5': 's',
  $: 's',
  '7': 't',
  '+': 't',
};

/** Reckons the guesses a password takes (zxcvbn), and knows the commonplaces it is made of. */
type Guesser = { reckon(password: string, own: string[]): number; words: Set<string> };

/** The 49,000 passwords seen most in leaks, common words and keyboard walks, read when first asked for. */
const guesserSingleton = defineSingleton<Promise<Guesser>>('passwordGuesser', async () => {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const korean = listKoreanWords();
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...dictionary, korean },
    graphs: adjacencyGraphs,
    maxLength: RECKONED_LENGTH,
  });
  return {
    reckon: (password, own) => zxcvbn.check(password, own.flatMap(splitName)).guesses,
    words: new Set([...dictionary['passwords-common'], ...korean]),
  };
});

/** A name or address whole, before its @, and by the words that its signs divide. */
const splitName = (name: string) => [name, ...name.split('@', 1), ...name.split(/[@._-]+/u)].filter(Boolean);

/** The shortest piece that the text repeats throughout: `abab` is `ab`. */
const collapseRepeats = (text: string) => /^(.+?)\1+$/su.exec(text)?.[1] ?? text;

const foldLookalikes = (text: string) => [...text].map((char) => LOOKALIKES[char] ?? char).join('');

/** A commonplace with a little around it: `!qwerty!`, `P@ssw0rd2026`, `tkfkdgotkfkdgo1`. */
function isDecorated(password: string, words: Set<string>): boolean {
  // A sign may be decoration, a lookalike of a letter, or set between repeated words.
  const readings = [password, foldLookalikes(password), password.replace(/[\p{P}\p{S}\s]/gu, '')];
  const cores = readings.map((text) => text.replace(DECORATION, ''));
  cores.push(foldLookalikes(password.replace(/[\d!]*$/, '')));
  return cores.some((core) => {
    const word = collapseRepeats(core);
    const isSmall = [...password].length - [...core].length <= DECORATION_LENGTH;
    return word !== '' && isSmall && (words.has(word) || words.has(foldLookalikes(word)));
  });
}

/**
 * True for a password that a guesser reaches early: leaked often, a commonplace of Korean or English
 * however decorated, a walk over the keyboard, a year, a pattern repeated, or made of `own`, which is what
 * is known of its person. Korean typed on a Latin keyboard counts like Korean, and the other way round.
 */
export async function isCommonPassword(password: string, own: string[] = []): Promise<boolean> {
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < 4) return true;
  const { reckon, words } = await guesserSingleton.get();
  // Before it is folded, which makes other characters of the keyboard's single letters.
  const asLatin = convertHangulToQwerty(password.normalize('NFC')).normalize('NFKC').toLowerCase();
  const typed = [...new Set([folded, asLatin])];
  return typed.some((text) => {
    const start = [...text].slice(0, RECKONED_LENGTH).join('');
    return isDecorated(text, words) || reckon(start, own) < WEAK_GUESSES;
  });
}
