import { UNREAD_LIMIT } from '#lib/chat/sizes.ts';

/** The highest count that is exact; the server stops counting there. */
export const COUNTED = UNREAD_LIMIT - 1;

export function formatCount(count: number): string {
  return count > COUNTED ? `${COUNTED}+` : String(count);
}
