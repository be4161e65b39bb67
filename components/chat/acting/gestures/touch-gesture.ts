/** How long a finger holds a message until its menu opens (ms); before browsers begin to select. */
export const HOLD_MS = 420;
/** A finger that rests moves no further (pixels). */
const REST_PX = 10;
/** From here on a swipe is a reply when it ends. */
const REPLY_PX = 56;
/** A message follows the finger no further. */
const FARTHEST_PX = 72;

export type Turn = 'rest' | 'swipe' | 'leave';

/** What the finger has come to be doing, by how far it went from where it came down. */
export function readTurn(dx: number, dy: number): Turn {
  if (Math.abs(dx) <= REST_PX && Math.abs(dy) <= REST_PX) return 'rest';
  return dx > 0 && dx > Math.abs(dy) * 1.5 ? 'swipe' : 'leave';
}

/** How far a message follows, and whether letting go now begins a reply. */
export function readSwipe(dx: number): { offset: number; isReply: boolean } {
  const way = Math.max(0, dx - REST_PX);
  return { offset: Math.min(FARTHEST_PX, way * 0.8), isReply: way * 0.8 >= REPLY_PX };
}
