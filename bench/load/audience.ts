import { createConnection } from '#lib/chat-client/connection.ts';
import type { Transport } from '#lib/chat-client/transport.ts';

export type AudienceOrder = {
  url: string;
  people: { userId: string; cookie: string; conversationId: string }[];
};
export type CaughtUp = { /** When the last one had everything (Date.now). */ at: number; errors: string[] };

type Listener = { transport: Transport; revision: number; wanted: number; isAsking: boolean };

/**
 * People who only listen, each with one conversation, on the product's own connection: they come back
 * after a break as its pages do, and fetch what the heads show to be missing.
 */
export function createAudience() {
  const listeners: Listener[] = [];
  const errors: string[] = [];

  async function catchUp(listener: Listener, conversationId: string): Promise<void> {
    if (listener.isAsking) return;
    listener.isAsking = true;
    while (listener.revision < listener.wanted) {
      const ack = await listener.transport.request('conversation:sync', {
        conversationId,
        afterRevision: listener.revision,
      });
      // Without an answer the connection is gone; the heads of the next one ask again.
      if (!ack) break;
      if (ack.ok) listener.revision = ack.revision;
      else errors.push(ack.error.code);
      if (!ack.ok) break;
    }
    listener.isAsking = false;
  }

  function join(url: string, { userId, cookie, conversationId }: AudienceOrder['people'][number]): Listener {
    const transport = createConnection(userId, url, { extraHeaders: { cookie } });
    const listener: Listener = { transport, revision: -1, wanted: 0, isAsking: false };
    transport.start({
      connected() {},
      disconnected() {},
      ended: () => errors.push('a session ended'),
      event(name, payload) {
        if (name !== 'heads') return;
        const head = (payload as Record<string, { revision: number }>)[conversationId];
        if (!head) return;
        // The first heads show where things stand; what comes later must be fetched.
        if (listener.revision < 0) listener.revision = head.revision;
        listener.wanted = Math.max(listener.wanted, head.revision);
        void catchUp(listener, conversationId);
      },
    });
    return listener;
  }

  const isEach = (where: (listener: Listener) => boolean, seconds: number) =>
    new Promise<void>((resolve, reject) => {
      const giveUp = Date.now() + seconds * 1000;
      const look = setInterval(() => {
        const missing = listeners.filter((listener) => !where(listener)).length;
        if (missing > 0 && Date.now() < giveUp) return;
        clearInterval(look);
        if (missing > 0)
          reject(new Error(`${missing} of ${listeners.length} are not there after ${seconds} s`));
        else resolve();
      }, 10);
    });

  return {
    /** Connects everybody; done when each has heard where their conversation stands. */
    async gather({ url, people }: AudienceOrder): Promise<null> {
      for (const [index, person] of people.entries()) {
        listeners.push(join(url, person));
        if (index % 50 === 49) await isEach(({ revision }) => revision >= 0, 30);
      }
      await isEach(({ revision }) => revision >= 0, 60);
      return null;
    },
    /** Waits until each has everything up to a revision. */
    async catchUp({ revision }: { revision: number }): Promise<CaughtUp> {
      await isEach((listener) => listener.revision >= revision, 60);
      return { at: Date.now(), errors: errors.slice(0, 10) };
    },
    leave(): null {
      for (const { transport } of listeners.splice(0)) transport.stop();
      return null;
    },
  };
}
