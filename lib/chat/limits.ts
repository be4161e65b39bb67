/** Longest message body, in Unicode code points (INTERFACE, Limits). */
export const MAX_BODY_LENGTH = 4000;
/** Messages in one history page, unless the caller asks for fewer. */
export const PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 200;

/** Length of a text in Unicode code points. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
