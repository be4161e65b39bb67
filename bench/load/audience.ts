import { getReconnectDelay, getReturnDelay } from '#lib/chat-client/connection/reconnect-delay.ts';
import { type LightSocket, openLightSocket } from './light-socket.ts';

export type AudienceOrder = {
  url: string;
  people: { cookie: string; conversationId: string }[];
};
export type CaughtUp = { /** When the last one had everything (Date.now). */ at: number; errors: string[] };

type Heads = Record<string, { revision: number }>;
type Listener = { socket?: LightSocket; revision: number; wanted: number; isAsking: boolean };
/** Handshakes at a time while they gather; after a restart all come as they please. */
const GATHER_AT_ONCE = 50;

/**
 * People who only listen, each with one conversation: they come back after a break at the pace of the
 * product's pages, and fetch what the heads show to be missing.
 */
export function createAudience() {
  let listeners: Listener[] = [];
  const errors: string[] = [];
  let hasLeft = false;

  async function catchUp(listener: Listener, conversationId: string): Promise<void> {
    if (listener.isAsking) return;
    listener.isAsking = true;
    while (listener.revision < listener.wanted) {
      const ack = await listener.socket?.ask('conversation:sync', {
        conversationId,
        afterRevision: listener.revision,
      });
      if (!ack?.ok) {
        errors.push(ack?.error?.code ?? 'no connection');
        break;
      }
      listener.revision = ack.revision as number;
    }
    listener.isAsking = false;
  }

  async function connect(url: string, person: AudienceOrder['people'][number], listener: Listener) {
    const { cookie, conversationId } = person;
    for (let attempt = 0; !hasLeft; attempt++) {
      try {
        const socket = await openLightSocket(url, { cookie, readyOn: 'heads' });
        listener.socket = socket;
        listener.isAsking = false;
        const hear = (heads: Heads) => {
          const revision = heads[conversationId]?.revision ?? 0;
          // The first heads show where things stand; what comes later must be fetched.
          if (listener.revision < 0) listener.revision = revision;
          listener.wanted = Math.max(listener.wanted, revision);
          void catchUp(listener, conversationId);
        };
        socket.onEvent = (name, payload) => {
          if (name === 'heads') hear(payload);
          if (name === 'session:ended') errors.push('a session ended');
        };
        socket.onClose = () => setTimeout(() => void connect(url, person, listener), getReturnDelay());
        hear(socket.greeting as Heads);
        return;
      } catch (error) {
        if (/refused:/.test((error as Error).message)) errors.push((error as Error).message);
        await new Promise((resolve) => setTimeout(resolve, getReconnectDelay(attempt)));
      }
    }
  }

  const isEach = (where: (listener: Listener) => boolean, seconds: number) =>
    new Promise<void>((resolve, reject) => {
      const giveUp = Date.now() + seconds * 1000;
      const look = setInterval(() => {
        const missing = listeners.filter((listener) => !where(listener)).length;
        if (missing > 0 && Date.now() < giveUp) return;
        clearInterval(look);
        if (missing > 0) reject(new Error(`${missing} of ${listeners.length} not there after ${seconds} s`));
        else resolve();
      }, 10);
    });

  return {
    /** Connects everybody; done when each has heard where their conversation stands. */
    async gather({ url, people }: AudienceOrder): Promise<null> {
      for (let start = 0; start < people.length; start += GATHER_AT_ONCE) {
        const coming = people.slice(start, start + GATHER_AT_ONCE).map((person) => {
          const listener: Listener = { revision: -1, wanted: 0, isAsking: false };
          listeners.push(listener);
          return connect(url, person, listener);
        });
        await Promise.all(coming);
      }
      return null;
    },
    /** Waits until each has everything up to a revision. */
    async catchUp({ revision }: { revision: number }): Promise<CaughtUp> {
      await isEach((listener) => listener.revision >= revision, 60);
      return { at: Date.now(), errors: errors.slice(0, 10) };
    },
    leave(): null {
      hasLeft = true;
      for (const { socket } of listeners) socket?.close();
      listeners = [];
      return null;
    },
  };
}
