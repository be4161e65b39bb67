import type { Effect, EffectContext } from './effect.ts';

/** A typing sign without a repeat is over after this long. */
const EXPIRES_MS = 5_000;
/** The sign is repeated at most this often, well within its life. */
const REPEAT_MS = 2_500;

/** Sends the viewer's typing sign, throttled, and lets the partner's expire. */
export function createTyping({ store, transport }: EffectContext): Effect & {
  tell(conversationId: string): void;
  /** The box was cleared: takes the sign back, if one was told lately enough to be shown still. */
  tellStop(conversationId: string): void;
  hear(conversationId: string, userId: string): void;
  hearStop(conversationId: string): void;
  /** After a message is sent, the next key press tells again at once. */
  reset(conversationId: string): void;
} {
  const toldAt = new Map<string, number>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    tell(conversationId) {
      const now = Date.now();
      if (now - (toldAt.get(conversationId) ?? 0) < REPEAT_MS || !transport.isConnected()) return;
      toldAt.set(conversationId, now);
      transport.tell('conversation:typing', { conversationId });
    },
    tellStop(conversationId) {
      const isShown = Date.now() - (toldAt.get(conversationId) ?? 0) < EXPIRES_MS;
      toldAt.delete(conversationId);
      if (isShown && transport.isConnected()) {
        transport.tell('conversation:typing-stopped', { conversationId });
      }
    },
    hear(conversationId, userId) {
      store.dispatch({ type: 'typing:started', conversationId, userId });
      clearTimeout(timers.get(conversationId));
      const expire = () => store.dispatch({ type: 'typing:stopped', conversationId });
      timers.set(conversationId, setTimeout(expire, EXPIRES_MS));
    },
    hearStop(conversationId) {
      clearTimeout(timers.get(conversationId));
      store.dispatch({ type: 'typing:stopped', conversationId });
    },
    reset: (conversationId) => void toldAt.delete(conversationId),
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
