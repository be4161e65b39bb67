/**
 * Waits before coming back (ms): a restart is over in seconds, so the first are short and alike; then they
 * grow, for a server that stays away.
 */
const RETRY_DELAYS_MS = [500, 1_000, 1_000, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000];
/** A server that stops sends everybody away at once; so long (ms) it takes them to come to the others. */
const GOOD_BYE_SPREAD_MS = 1_500;

/** Milliseconds before the first try after a connection ended. */
export function getReturnDelay(): number {
  return Math.random() * GOOD_BYE_SPREAD_MS;
}

/** Milliseconds after so many failed tries, from 0; spread by half to both sides. */
export function getReconnectDelay(attempt: number): number {
  const delay = RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] as number;
  return delay / 2 + Math.random() * delay;
}
