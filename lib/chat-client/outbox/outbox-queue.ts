import type { Changes } from '../changes/changes.ts';
import { createPauses } from '../connection/pauses.ts';
import { withTabLock } from '../connection/tabs.ts';
import { getRetryDelay, isFinal } from '../connection/transport.ts';
import type { EffectContext } from '../live/effect.ts';
import { type OutboxItem, requestSend } from './outbox-item.ts';
import type { OutboxProgress } from './outbox-progress.ts';
import type { OutboxStorage } from './outbox-storage.ts';

type Needs = EffectContext & {
  progress: OutboxProgress;
  storage: OutboxStorage;
  loadChanges(): Promise<Changes>;
  canSend(): boolean;
};

/** Sends what lies on the disk, in each conversation one item after the other and in one tab at a time. */
export function createOutboxQueue(needs: Needs) {
  const { store, progress, storage, canSend } = needs;
  const { userId } = store.getState().viewer;
  const { pause, wakeAll } = createPauses();
  const draining = new Set<string>();
  /** Conversations to look at once more after the present drain. */
  const again = new Set<string>();
  /** Conversations whose queue on disk may hold something to send, whatever the timeline shows. */
  const owed = new Set<string>();

  const scheduleDrain = (conversationId: string) => {
    owed.add(conversationId);
    if (!canSend()) return;
    if (draining.has(conversationId)) {
      again.add(conversationId);
      return;
    }
    draining.add(conversationId);
    const drainInTurn = () =>
      withTabLock(`dandul-${userId}-${conversationId}`, (turn) => drain(conversationId, turn));
    void tryUntilDone(drainInTurn, canSend, pause).finally(() => {
      draining.delete(conversationId);
      if (again.delete(conversationId)) scheduleDrain(conversationId);
    });
  };

  const drain = async (conversationId: string, turn: { isLost: boolean }) => {
    for (let attempt = 0; canSend() && !turn.isLost; ) {
      const queue = await storage.listPending(conversationId);
      progress.forgetGone(conversationId, queue);
      const next = queue.find((item) => item.state === 'sending');
      if (!next) {
        if (!again.has(conversationId)) owed.delete(conversationId);
        return;
      }
      if (!canSend() || turn.isLost) return;
      if (!(await progress.begin(next))) continue;
      const delay = await sendOne(needs, next, attempt);
      attempt = delay === null ? 0 : attempt + 1;
      if (delay !== null && canSend()) await pause(delay);
    }
  };

  return {
    scheduleDrain,
    isDraining: (conversationId: string) => draining.has(conversationId),
    /** Notes a conversation for the next `resume`. */
    owe: (conversationId: string) => void owed.add(conversationId),
    /** Ends all waits, and sends again what can be sent. */
    resume() {
      wakeAll();
      for (const id of [...owed]) scheduleDrain(id);
    },
    wakeAll,
  };
}

/** Sends an item once: null when the server has decided about it, else the time until the next try (ms). */
async function sendOne(
  { store, transport, progress, loadChanges }: Needs,
  item: OutboxItem,
  attempt: number,
): Promise<number | null> {
  const isMessage = item.kind === 'send';
  const ack = await (isMessage
    ? requestSend(transport, item)
    : (await loadChanges()).request(transport, item));
  if (ack?.ok) {
    await ('marked' in ack ? progress.finishMark(item, ack.marked) : progress.finish(item, ack.message));
    return null;
  }
  // Whoever logs in again still wants a change; a message is theirs to retry.
  if (ack && isFinal(ack) && (isMessage || ack.error.code !== 'unauthorized')) {
    await progress.fail(item, ack.error.code);
    return null;
  }
  const delay = getRetryDelay(attempt, ack);
  if (ack?.error.code === 'rate_limited') {
    const { conversationId, clientId } = item;
    store.dispatch({ type: 'pending:held', conversationId, clientId, until: Date.now() + delay });
  }
  return delay;
}

/** Works, and after an error that nobody foresaw tells of it and tries again, as after a send without an answer. */
async function tryUntilDone(
  work: () => Promise<void>,
  canGoOn: () => boolean,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  for (let attempt = 0; attempt === 0 || canGoOn(); attempt++) {
    try {
      return await work();
    } catch (error) {
      console.error('the outbox stopped', error);
      if (canGoOn()) await pause(getRetryDelay(attempt, null));
    }
  }
}
