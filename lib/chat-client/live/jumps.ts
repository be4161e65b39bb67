import { isHidden } from '#lib/chat/hide-messages.ts';
import { createPauses } from '../connection/pauses.ts';
import { getRetryDelay, isFinal } from '../connection/transport.ts';
import { findInWindow, includesSeq } from '../state/window.ts';
import type { Jump } from '../types.ts';
import type { EffectContext } from './effect.ts';
import { nameMarks } from './name-marks.ts';

type Jumps = {
  /** Brings `seq` into the window. */
  jumpTo(conversationId: string, seq: number): Promise<Jump>;
  /** True when the window ends at the newest message. */
  jumpToNewest(conversationId: string): Promise<boolean>;
  wakeAll(): void;
  stop(): void;
};

/** Replaces a conversation's window by another stretch of its history. */
export function createJumps({ store, transport }: EffectContext): Jumps {
  const { pause, wakeAll } = createPauses();
  /** The latest jump of each conversation: an earlier one that answers late is dropped. */
  const latest = new Map<string, number>();
  let isStopped = false;

  const getWindow = (id: string) => store.getState().conversations[id]?.window ?? null;

  /** Asks until there is an answer; 'dropped' when a later jump or the end came first. */
  const replaceWindow = async (
    conversationId: string,
    anchor: { aroundSeq?: number },
  ): Promise<'replaced' | 'refused' | 'dropped'> => {
    const jump = (latest.get(conversationId) ?? 0) + 1;
    latest.set(conversationId, jump);
    for (let attempt = 0; ; attempt++) {
      const asked = { conversationId, ...anchor, ...nameMarks(store, conversationId) };
      const ack = await transport.request('conversation:history', asked);
      if (isStopped || latest.get(conversationId) !== jump) return 'dropped';
      if (ack?.ok) {
        store.dispatch({ type: 'window:replaced', conversationId, page: ack });
        return 'replaced';
      }
      if (ack && isFinal(ack)) return 'refused';
      await pause(getRetryDelay(attempt, ack));
    }
  };

  return {
    async jumpTo(conversationId, seq) {
      const marks = store.getState().conversations[conversationId]?.marks;
      if (marks && isHidden(marks, seq)) return 'missing';
      const isThere = () => includesSeq(getWindow(conversationId), seq);
      const outcome = isThere() || (await replaceWindow(conversationId, { aroundSeq: seq }));
      if (!isThere()) return outcome === 'dropped' ? 'dropped' : 'missing';
      return findInWindow(getWindow(conversationId), seq)?.vanished ? 'missing' : 'there';
    },
    async jumpToNewest(conversationId) {
      if (getWindow(conversationId)?.hasAfter === false) return true;
      return (await replaceWindow(conversationId, {})) === 'replaced';
    },
    wakeAll,
    stop() {
      isStopped = true;
      wakeAll();
    },
  };
}
