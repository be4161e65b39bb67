import type { Message } from '../chat/types.ts';
import type { StoredPending } from './outbox-storage.ts';

/** What tabs of one account tell each other. */
export type TabMessage =
  | { type: 'pending'; pending: StoredPending }
  | { type: 'removed'; conversationId: string; clientId: string }
  | { type: 'stored'; message: Message }
  | { type: 'draft'; conversationId: string; text: string };

/** A tab that waits longer than this for its turn takes it: the holder is frozen or stuck. */
const TURN_TIMEOUT_MS = 12_000;

/** Opens the channel between the tabs of an account; silent where browsers have none. */
export function openTabChannel(userId: string, receive: (message: TabMessage) => void) {
  if (typeof BroadcastChannel === 'undefined') return { tell() {}, close() {} };
  const channel = new BroadcastChannel(`dandul-${userId}`);
  channel.onmessage = (event: MessageEvent<TabMessage>) => receive(event.data);
  return {
    tell: (message: TabMessage) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

/**
 * Runs `work` while no other tab runs work of the same name. When a waiting tab takes the turn
 * over, `isLost` tells the former holder to stop.
 */
export async function takeTurn(name: string, work: (turn: { isLost: boolean }) => Promise<void>) {
  const turn = { isLost: false };
  const locks = globalThis.navigator?.locks;
  if (!locks) return work(turn);
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return work(turn);
  };
  try {
    await locks.request(name, { signal: AbortSignal.timeout(TURN_TIMEOUT_MS) }, begin);
  } catch {
    turn.isLost = hasBegun;
    if (!hasBegun) await stealTurn(locks, name, begin, turn);
  }
}

async function stealTurn(
  locks: LockManager,
  name: string,
  begin: () => Promise<void>,
  turn: { isLost: boolean },
) {
  try {
    await locks.request(name, { steal: true }, begin);
  } catch {
    turn.isLost = true;
  }
}
