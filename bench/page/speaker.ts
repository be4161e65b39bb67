import { randomUUID } from 'node:crypto';
import { openLightSocket } from '../load/light-socket.ts';
import type { Place } from './place.ts';

/** The partner in the conversation, who writes over a bare connection. */
export type Speaker = {
  /** Sends texts, evenly at `perSecond`; resolves with the last one's `seq` when all are stored. */
  say(texts: readonly string[], perSecond: number): Promise<number>;
  close(): void;
};

/** @throws when the server refuses the connection or, from `say`, a text. */
export async function openSpeaker({ baseUrl, pair }: Place): Promise<Speaker> {
  const { conversationId, people } = pair;
  const socket = await openLightSocket(baseUrl, { cookie: people[1].cookie, readyOn: 'heads' });
  const send = async (body: string) => {
    const ack = await socket.ask('message:send', { conversationId, clientId: randomUUID(), body });
    if (!ack.ok) throw new Error(`message:send was refused: ${ack.error?.code}`);
    return (ack.message as { seq: number }).seq;
  };
  return {
    async say(texts, perSecond) {
      const startedAt = performance.now();
      const seqs: Promise<number>[] = [];
      for (const [index, text] of texts.entries()) {
        const wait = startedAt + (index * 1000) / perSecond - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        seqs.push(send(text));
      }
      return Math.max(...(await Promise.all(seqs)));
    },
    close: () => socket.close(),
  };
}
