/** ISO 15924 codes of the scripts that a name may be written in, those in use today (UAX #31, tables 5 and 7). */
const SCRIPTS =
  'Latn Grek Cyrl Armn Hebr Arab Thaa Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Tibt Mymr Geor ' +
  'Ethi Khmr Hang Hira Kana Bopo Hani Adlm Bali Bamu Batk Cakm Cans Cham Cher Hmnp Java Kali Lana Lepc Limb Lisu ' +
  'Mand Mtei Newa Nkoo Olck Osge Plrd Rohg Saur Sund Sylo Syrc Talu Tale Tavt Tfng Vaii Wcho Yiii Mong';

/** Scripts that people do write together: Korean, Japanese and Chinese, each with Latin (UTS #39, 5.2). */
const MIXTURES = [
  ['Latn', 'Hani', 'Hang'],
  ['Latn', 'Hani', 'Hira', 'Kana'],
  ['Latn', 'Hani', 'Bopo'],
];

const toPattern = (scripts: string[]) =>
  new RegExp(
    `^[${['Zyyy', 'Zinh', ...scripts].map((script) => `\\p{Script_Extensions=${script}}`).join('')}]*$`,
    'u',
  );

const PATTERNS = [...MIXTURES, ...SCRIPTS.split(' ').map((script) => [script])].map(toPattern);

/**
 * Whether a name is written in one script, or in several that people write together ("highly restrictive" of
 * UTS #39): nobody passes off a Cyrillic а among Latin letters.
 */
export function isOfOneScript(name: string): boolean {
  const folded = name.normalize('NFKC');
  return PATTERNS.some((pattern) => pattern.test(folded));
}
