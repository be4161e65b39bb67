import { createWindowKeeper } from '../state/keep-windows.ts';
import type { ConversationSeed, Jump } from '../types.ts';
import type { Effect, EffectContext } from './effect.ts';
import { createJumps } from './jumps.ts';
import { nameMarks } from './name-marks.ts';
import { createOpener } from './open-conversation.ts';

type Side = 'before' | 'after';

/** Opens conversations and moves their windows over the history. */
export function createConversations(context: EffectContext): Effect & {
  open(conversationId: string, seed?: ConversationSeed): void;
  load(conversationId: string, side: Side): Promise<void>;
  jumpTo(conversationId: string, seq: number): Promise<Jump>;
  jumpToNewest(conversationId: string): Promise<boolean>;
} {
  const { store } = context;
  const noteUse = createWindowKeeper(store);
  const opener = createOpener(context);
  const jumps = createJumps(context);
  /** Seeds that were shown: coming back keeps the place instead of jumping to the anchor. */
  const shownSeeds = new WeakSet<ConversationSeed>();
  let isStopped = false;

  return {
    open(conversationId, seed) {
      noteUse(conversationId);
      const hasWindow = () => Boolean(store.getState().conversations[conversationId]?.window);
      if (seed && !(shownSeeds.has(seed) && hasWindow())) {
        shownSeeds.add(seed);
        store.dispatch({ type: 'conversation:seeded', conversationId, seed });
      }
      if (!hasWindow()) opener.openFromServer(conversationId);
    },
    load: (conversationId, side) => loadPage(context, conversationId, side, () => isStopped),
    jumpTo: jumps.jumpTo,
    jumpToNewest: jumps.jumpToNewest,
    connected() {
      opener.wakeAll();
      jumps.wakeAll();
    },
    stop() {
      isStopped = true;
      opener.stop();
      jumps.stop();
    },
  };
}

/** Loads the page at one side of the window; nothing while one loads or none is there. */
async function loadPage(
  { store, transport }: EffectContext,
  conversationId: string,
  side: Side,
  isStopped: () => boolean,
): Promise<void> {
  const getConversation = () => store.getState().conversations[conversationId];
  const conversation = getConversation();
  const window = conversation?.window;
  if (!window || conversation.loading[side] || !(side === 'before' ? window.hasBefore : window.hasAfter))
    return;
  const edge = side === 'before' ? window.messages[0] : window.messages.at(-1);
  store.dispatch({ type: 'page:loading', conversationId, side });
  const anchor = side === 'before' ? { beforeSeq: edge?.seq } : { afterSeq: edge?.seq ?? 0 };
  const asked = { conversationId, ...anchor, ...nameMarks(store, conversationId) };
  const ack = await transport.request('conversation:history', asked);
  // A window that was replaced meanwhile has nothing loading any more.
  if (isStopped() || getConversation()?.window?.id !== window.id) return;
  if (ack?.ok) store.dispatch({ type: 'page:loaded', conversationId, side, windowId: window.id, page: ack });
  else store.dispatch({ type: 'page:failed', conversationId, side });
}
