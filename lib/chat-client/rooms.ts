import { chooseFirstPageSize } from '../chat/first-page.ts';
import type { Effect, EffectContext } from './effect.ts';
import { createPauses } from './pauses.ts';
import { getRetryDelay, isFinal } from './transport.ts';
import type { ConversationSeed, Jump } from './types.ts';
import { includesSeq } from './window.ts';

/** Rooms whose messages stay in memory, so that going back to them is instant. */
const MAX_WINDOWS = 30;
/** The most recent of them keep all that was loaded; the others so many messages. */
const MAX_LONG_WINDOWS = 5;
const TRIMMED_SIZE = 400;

type Anchor = { beforeSeq?: number; afterSeq?: number; aroundSeq?: number; limit?: number };

/** Opens rooms and moves their windows over the history. */
export function createRooms({ store, transport }: EffectContext): Effect & {
  open(conversationId: string, seed?: ConversationSeed): void;
  load(conversationId: string, side: 'before' | 'after'): Promise<void>;
  jumpTo(conversationId: string, seq: number): Promise<Jump>;
  jumpToNewest(conversationId: string): Promise<boolean>;
} {
  const { pause, wakeAll } = createPauses();
  /** Open rooms, least recently used first. */
  const used = new Set<string>();
  /** The latest jump of each room: an earlier one that answers late is dropped. */
  const jumps = new Map<string, number>();
  /** Seeds that were shown: coming back to a room keeps the place instead of jumping to the anchor. */
  const shownSeeds = new WeakSet<ConversationSeed>();
  /** Rooms that are being opened. */
  const opening = new Set<string>();
  let isStopped = false;

  const getRoom = (id: string) => store.getState().conversations[id];
  const fetchPage = (conversationId: string, anchor: Anchor) =>
    transport.request('conversation:history', { conversationId, ...anchor });

  const markUsed = (conversationId: string) => {
    used.delete(conversationId);
    used.add(conversationId);
    for (const id of [...used].slice(0, -MAX_WINDOWS)) {
      used.delete(id);
      store.dispatch({ type: 'window:dropped', conversationId: id });
    }
    for (const id of [...used].slice(0, -MAX_LONG_WINDOWS)) {
      if ((getRoom(id)?.window?.messages.length ?? 0) > TRIMMED_SIZE) {
        store.dispatch({ type: 'window:trimmed', conversationId: id, size: TRIMMED_SIZE });
      }
    }
  };

  /** Opens a room from the server; a lost connection is waited for, a refusal ends it. */
  const fetchRoom = async (conversationId: string) => {
    store.dispatch({ type: 'room:opening', conversationId });
    for (let attempt = 0; !isStopped; attempt++) {
      const { conversations, viewer } = store.getState();
      const entry = conversations[conversationId]?.entry;
      const limit = entry ? chooseFirstPageSize(entry, viewer.userId) : undefined;
      const ack = await fetchPage(conversationId, { limit });
      const room = getRoom(conversationId);
      if (isStopped || room?.window) return;
      if (ack?.ok) {
        store.dispatch({ type: 'window:replaced', conversationId, page: ack });
        return;
      }
      if (ack && isFinal(ack)) {
        const isMissing = ack.error.code === 'not_found' || ack.error.code === 'invalid';
        store.dispatch({
          type: 'room:unopened',
          conversationId,
          status: isMissing ? 'not_found' : 'failed',
        });
        return;
      }
      // Asked for in vain while connected: say so, and keep trying.
      if (transport.isConnected() && attempt >= 2 && room?.opening === 'loading') {
        store.dispatch({ type: 'room:unopened', conversationId, status: 'failed' });
      }
      await pause(getRetryDelay(attempt, ack));
    }
  };

  /** Asks until there is an answer; 'dropped' when a later jump or the end came first. */
  const replaceWindow = async (
    conversationId: string,
    anchor: Anchor,
  ): Promise<'replaced' | 'refused' | 'dropped'> => {
    const jump = (jumps.get(conversationId) ?? 0) + 1;
    jumps.set(conversationId, jump);
    for (let attempt = 0; ; attempt++) {
      const ack = await fetchPage(conversationId, anchor);
      if (isStopped || jumps.get(conversationId) !== jump) return 'dropped';
      if (ack?.ok) {
        store.dispatch({ type: 'window:replaced', conversationId, page: ack });
        return 'replaced';
      }
      if (ack && isFinal(ack)) return 'refused';
      await pause(getRetryDelay(attempt, ack));
    }
  };

  return {
    open(conversationId, seed) {
      markUsed(conversationId);
      if (seed && !(shownSeeds.has(seed) && getRoom(conversationId)?.window)) {
        shownSeeds.add(seed);
        store.dispatch({ type: 'room:seeded', conversationId, seed });
      }
      if (getRoom(conversationId)?.window) return;
      if (opening.has(conversationId)) {
        wakeAll();
        return;
      }
      opening.add(conversationId);
      void fetchRoom(conversationId).finally(() => opening.delete(conversationId));
    },
    async load(conversationId, side) {
      const room = getRoom(conversationId);
      const window = room?.window;
      if (!window || room.loading[side] || !(side === 'before' ? window.hasBefore : window.hasAfter)) return;
      const edge = side === 'before' ? window.messages[0] : window.messages.at(-1);
      store.dispatch({ type: 'page:loading', conversationId, side });
      const anchor = side === 'before' ? { beforeSeq: edge?.seq } : { afterSeq: edge?.seq ?? 0 };
      const ack = await fetchPage(conversationId, anchor);
      if (isStopped) return;
      // A window that was replaced meanwhile has nothing loading any more.
      if (getRoom(conversationId)?.window?.id !== window.id) return;
      if (ack?.ok)
        store.dispatch({ type: 'page:loaded', conversationId, side, windowId: window.id, page: ack });
      else store.dispatch({ type: 'page:failed', conversationId, side });
    },
    async jumpTo(conversationId, seq) {
      const isThere = () => includesSeq(getRoom(conversationId)?.window ?? null, seq);
      if (isThere()) return 'there';
      const outcome = await replaceWindow(conversationId, { aroundSeq: seq });
      if (isThere()) return 'there';
      return outcome === 'dropped' ? 'dropped' : 'missing';
    },
    async jumpToNewest(conversationId) {
      const window = getRoom(conversationId)?.window;
      if (window && !window.hasAfter) return true;
      return (await replaceWindow(conversationId, {})) === 'replaced';
    },
    connected: wakeAll,
    stop() {
      isStopped = true;
      wakeAll();
    },
  };
}
