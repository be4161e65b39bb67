import type { ConversationEntry } from '#lib/chat/types.ts';
import { createPauses } from '../connection/pauses.ts';
import { getRetryDelay } from '../connection/transport.ts';
import type { Effect, EffectContext } from '../live/effect.ts';
import { getActivityTime } from './entry.ts';

const PAGE_SIZE = 100;

/** Fetches the whole conversation list again on every connection, page by page in the background. */
export function createListRefresh({ store, transport }: EffectContext): Effect {
  const { pause, wakeAll } = createPauses();
  let run = 0;

  const refresh = async () => {
    const current = ++run;
    let before: { at: string; conversationId: string } | undefined;
    for (let attempt = 0; current === run && transport.isConnected(); ) {
      const ack = await transport.request('conversation:list', { limit: PAGE_SIZE, before });
      if (current !== run) return;
      if (!ack?.ok) {
        await pause(getRetryDelay(attempt++, ack));
        continue;
      }
      attempt = 0;
      store.dispatch({ type: 'entries:received', entries: ack.conversations });
      const last: ConversationEntry | undefined = ack.conversations.at(-1);
      if (!ack.more || !last) return;
      before = { at: getActivityTime(last), conversationId: last.conversationId };
    }
  };

  const cancel = () => {
    run++;
    wakeAll();
  };
  return { connected: () => void refresh(), disconnected: cancel, stop: cancel };
}
