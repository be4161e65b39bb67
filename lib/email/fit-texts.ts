/** Texts that one mail shows; the rest are counted. */
export const MAX_TEXTS = 20;
/** Characters that one mail shows; Gmail cuts a mail off at 102 kB, and Korean takes three bytes each. */
const MAX_CHARACTERS = 20_000;

/** As many of the oldest texts as one mail holds, and always the first. */
export function fitTexts<T extends { body: string }>(texts: T[]): T[] {
  let room = MAX_CHARACTERS;
  return texts.filter(({ body }, index) => {
    room = room < 0 ? room : room - body.length;
    return index === 0 || room >= 0;
  });
}
