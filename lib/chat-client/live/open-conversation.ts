import { chooseFirstPage } from '#lib/chat/first-page.ts';
import { createPauses } from '../connection/pauses.ts';
import { getRetryDelay, isFinal } from '../connection/transport.ts';
import type { EffectContext } from './effect.ts';
import { nameMarks } from './name-marks.ts';

/** Attempts in vain, while connected, after which a conversation is shown as one that does not open. */
const PATIENT_ATTEMPTS = 2;

/** Opens conversations from the server, each once at a time. */
export function createOpener({ store, transport }: EffectContext) {
  const { pause, wakeAll } = createPauses();
  const opening = new Set<string>();
  let isStopped = false;

  const getConversation = (id: string) => store.getState().conversations[id];
  const giveUp = (conversationId: string, status: 'not_found' | 'failed') =>
    store.dispatch({ type: 'conversation:unopened', conversationId, status });

  /** A lost connection is waited for, a refusal ends it. */
  const fetchConversation = async (conversationId: string) => {
    store.dispatch({ type: 'conversation:opening', conversationId });
    for (let attempt = 0; !isStopped; attempt++) {
      const entry = getConversation(conversationId)?.entry;
      const page = entry ? chooseFirstPage(entry, store.getState().viewer.userId) : {};
      const asked = { conversationId, ...page, ...nameMarks(store, conversationId) };
      const ack = await transport.request('conversation:history', asked);
      const conversation = getConversation(conversationId);
      if (isStopped || conversation?.window) return;
      if (ack?.ok) return store.dispatch({ type: 'window:replaced', conversationId, page: ack });
      if (ack && isFinal(ack)) {
        const isMissing = ack.error.code === 'not_found' || ack.error.code === 'invalid';
        return giveUp(conversationId, isMissing ? 'not_found' : 'failed');
      }
      // Says so, and keeps trying.
      const isInVain = transport.isConnected() && attempt >= PATIENT_ATTEMPTS;
      if (isInVain && conversation?.opening === 'loading') giveUp(conversationId, 'failed');
      await pause(getRetryDelay(attempt, ack));
    }
  };

  return {
    /** Asks for a conversation's first page; asks again at once where it waits to. */
    openFromServer(conversationId: string) {
      if (opening.has(conversationId)) return wakeAll();
      opening.add(conversationId);
      void fetchConversation(conversationId).finally(() => opening.delete(conversationId));
    },
    wakeAll,
    stop() {
      isStopped = true;
      wakeAll();
    },
  };
}
