/** The highest count that is exact; the server stops counting there. */
export const COUNTED = 99;

export function formatCount(count: number): string {
  return count > COUNTED ? `${COUNTED}+` : String(count);
}
