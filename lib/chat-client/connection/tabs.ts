import type { MarksChange, Message } from '#lib/chat/types.ts';
import type { KeptDraft } from '../outbox/draft.ts';
import type { FirstFormatItem, StoredItem } from '../outbox/outbox-format.ts';
import type { Notice } from '../types.ts';

/** What tabs of one account tell each other. A tab of another release ignores a type that it does not know. */
export type TabMessage =
  | { type: 'item'; item: StoredItem }
  | { type: 'removed'; conversationId: string; clientId: string }
  /** A tab of a release that only sends messages leaves the item's clientId out: it is the message's. */
  | { type: 'stored'; message: Message; clientId?: string }
  | { type: 'marked'; change: MarksChange; clientId: string }
  | { type: 'noticed'; conversationId: string; notice: Notice | null }
  | { type: 'drafted'; conversationId: string; draft: KeptDraft };

/** What only a tab that still runs the first release tells. */
export type FirstReleaseMessage =
  | { type: 'pending'; pending: FirstFormatItem }
  | { type: 'draft'; conversationId: string; text: string };

/** A tab that waits longer than this for its turn takes it: the holder is frozen or stuck. */
const TURN_TIMEOUT_MS = 12_000;

/** Opens the channel between the tabs of an account; silent where browsers have none. */
export function openTabChannel(userId: string, receive: (message: TabMessage | FirstReleaseMessage) => void) {
  if (typeof BroadcastChannel === 'undefined') return { tell() {}, close() {} };
  const channel = new BroadcastChannel(`dandul-${userId}`);
  channel.onmessage = (event: MessageEvent<TabMessage | FirstReleaseMessage>) => receive(event.data);
  return {
    tell: (message: TabMessage) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

type Turn = { isLost: boolean };

/**
 * Runs `work` while no other tab runs work of the same name, and settles as it does: what it throws is thrown
 * here. When a waiting tab takes the turn over, `isLost` tells the former holder to stop.
 */
export async function withTabLock(name: string, work: (turn: Turn) => Promise<void>): Promise<void> {
  const turn: Turn = { isLost: false };
  const locks = globalThis.navigator?.locks;
  if (!locks) return work(turn);
  let running: Promise<void> | undefined;
  const begin = () => (running = (async () => work(turn))());
  const hold = async (options: LockOptions) => {
    try {
      await locks.request(name, options, begin);
    } catch {
      // The wait timed out, a lock was stolen, or the work itself failed, which awaiting it tells below.
      turn.isLost = running !== undefined;
    }
  };
  await hold({ signal: AbortSignal.timeout(TURN_TIMEOUT_MS) });
  if (!running) await hold({ steal: true });
  await running;
}
