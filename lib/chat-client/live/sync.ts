import { createPauses } from '../connection/pauses.ts';
import { getRetryDelay } from '../connection/transport.ts';
import { getAppliedRevision, needsMarks, needsSync } from '../state/revision.ts';
import type { ChatState, ConversationState } from '../state.ts';
import type { Effect, EffectContext } from './effect.ts';

/** Conversations that are synced at the same time; after a long absence many are due. */
const MAX_RUNNING = 4;

/** Brings every conversation up to the newest revision heard of, as soon as it is seen to lie behind. */
export function createSync(context: EffectContext): Effect {
  const { store, transport } = context;
  const running = new Set<string>();
  const waiting = new Set<string>();
  const { pause, wakeAll } = createPauses();
  let isStopped = false;
  let seen: ChatState['conversations'] = {};

  const check = () => {
    const { conversations } = store.getState();
    if (conversations === seen) return;
    for (const [id, conversation] of Object.entries(conversations)) {
      if (seen[id] !== conversation && needsSync(conversation)) waiting.add(id);
    }
    seen = conversations;
    runWaiting();
  };

  const runWaiting = () => {
    if (!transport.isConnected() || isStopped) return;
    for (const id of waiting) {
      if (running.size >= MAX_RUNNING) return;
      if (running.has(id)) continue;
      waiting.delete(id);
      running.add(id);
      void syncConversation(context, id, { pause, isStopped: () => isStopped }).finally(() => {
        running.delete(id);
        const conversation = store.getState().conversations[id];
        if (conversation && needsSync(conversation)) waiting.add(id);
        runWaiting();
      });
    }
  };

  const unsubscribe = store.subscribe(check);
  return {
    connected() {
      // What is shown is asked anew; `heads` tells of all other conversations.
      store.dispatch({ type: 'windows:stale' });
      wakeAll();
      seen = {};
      check();
    },
    disconnected: wakeAll,
    stop() {
      isStopped = true;
      unsubscribe();
      wakeAll();
    },
  };
}

type Loop = { pause(ms: number): Promise<void>; isStopped(): boolean };

/** Asks for what a conversation lacks, page after page, until it lacks nothing or the connection is lost. */
async function syncConversation(
  { store, transport }: EffectContext,
  conversationId: string,
  { pause, isStopped }: Loop,
): Promise<void> {
  for (let attempt = 0; transport.isConnected() && !isStopped(); attempt++) {
    const conversation = store.getState().conversations[conversationId];
    if (!conversation || !needsSync(conversation)) return;
    if (needsMarks(conversation)) {
      const isThere = await fetchMarks({ store, transport }, conversation);
      if (isStopped()) return;
      if (!isThere) await pause(getRetryDelay(attempt, null));
      continue;
    }
    const { staleMark } = conversation;
    const afterRevision = getAppliedRevision(conversation);
    const ack = await transport.request('conversation:sync', { conversationId, afterRevision });
    if (isStopped()) return;
    if (ack?.ok) {
      store.dispatch({ type: 'sync:loaded', conversationId, afterRevision, staleMark, page: ack });
      const next = store.getState().conversations[conversationId];
      const hasMoved = next !== undefined && getAppliedRevision(next) > afterRevision;
      if (hasMoved) attempt = 0;
      if (hasMoved || (next && !needsSync(next))) continue;
    } else if (ack?.error.code === 'not_found') {
      store.dispatch({ type: 'conversation:unopened', conversationId, status: 'not_found' });
      return;
    }
    await pause(getRetryDelay(attempt, ack));
  }
}

/** Asks for all marks of a conversation; false when no answer brought them. */
async function fetchMarks(
  { store, transport }: EffectContext,
  { conversationId, marksHead }: ConversationState,
): Promise<boolean> {
  const ack = await transport.request('conversation:marks', { conversationId });
  if (ack?.ok) store.dispatch({ type: 'marks:loaded', conversationId, marks: ack, askedHead: marksHead });
  else if (ack?.error.code === 'not_found')
    store.dispatch({ type: 'conversation:unopened', conversationId, status: 'not_found' });
  return ack?.ok ?? false;
}
