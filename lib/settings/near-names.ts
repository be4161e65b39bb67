/** Edits between two names: a character added, left out or changed, or two neighbours swapped. */
function countEdits(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? Number.POSITIVE_INFINITY) + 1);
      }
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[other.length] ?? 0;
}

/** The known name that somebody most likely meant by `name`, if it has another case or a typing error. */
export function findNearName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const near = known
    .map((candidate) => ({ candidate, edits: countEdits(plain(name), plain(candidate)) }))
    .filter(({ candidate, edits }) => edits <= (candidate.length < 7 ? 1 : 2))
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.candidate;
}

/**
 * Warns of names that set nothing: all such names in the `.env` file, and those in the environment that look
 * like a setting, because the environment has many other names.
 */
export function warnOfNames(
  { file, environment }: { file: string[]; environment: string[] },
  known: readonly string[],
): string[] {
  const say = (name: string, near: string | undefined) =>
    `${name} is no setting of Dandul${near ? `; is ${near} meant?` : ' and does nothing.'}`;
  const unknown = (names: string[]) => names.filter((name) => !known.includes(name));
  return [
    ...unknown(file).map((name) => say(name, findNearName(name, known))),
    ...unknown(environment).flatMap((name) => {
      // Short names resemble too many unrelated ones, such as HOME.
      const near = findNearName(
        name,
        known.filter((candidate) => candidate.length > 6),
      );
      return near && !file.includes(name) ? [say(name, near)] : [];
    }),
  ];
}
