import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Person } from './test.ts';

/** Lets a bare Socket.IO connection with the person's own cookies do something, as an outside client does. */
async function withSocket<T>(person: Person, run: (socket: Socket) => Promise<T>): Promise<T> {
  const url = process.env.DANDUL_E2E_URL as string;
  const cookies = await person.context.cookies(url);
  const socket = io(url, {
    forceNew: true,
    transports: ['websocket'],
    rejectUnauthorized: false,
    extraHeaders: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  });
  try {
    return await run(socket);
  } finally {
    socket.disconnect();
  }
}

/** The message that an event is acknowledged with. */
async function ask(socket: Socket, event: string, input: object): Promise<{ seq: number }> {
  const ack = await socket.timeout(20_000).emitWithAck(event, input);
  if (!ack.ok) throw new Error(`${event} was refused: ${ack.error.code}`);
  return ack.message;
}

/** Sends texts one after another, some hundred a second. Resolves with their `seq`s when all are stored. */
export function sendMany(person: Person, conversationId: string, bodies: string[]): Promise<number[]> {
  return withSocket(person, async (socket) => {
    const seqs: number[] = [];
    for (const body of bodies) {
      const input = { conversationId, clientId: randomUUID(), body };
      seqs.push((await ask(socket, 'message:send', input)).seq);
    }
    return seqs;
  });
}

/** Deletes one of the person's own messages for both. */
export async function deleteMessage(person: Person, conversationId: string, seq: number): Promise<void> {
  await withSocket(person, (socket) => ask(socket, 'message:delete', { conversationId, seq, scope: 'both' }));
}

/** Pins messages, one after another, or unpins them. */
export async function pinMessages(
  person: Person,
  conversationId: string,
  seqs: number[],
  on = true,
): Promise<void> {
  await withSocket(person, async (socket) => {
    for (const seq of seqs) await ask(socket, 'message:pin', { conversationId, seq, on });
  });
}

/** Stars the messages from the first to the one at `count`, in this order. */
export async function starMany(person: Person, conversationId: string, count: number): Promise<void> {
  await withSocket(person, async (socket) => {
    for (let seq = 1; seq <= count; seq++)
      await ask(socket, 'message:star', { conversationId, seq, on: true });
  });
}

/** `count` texts that differ by their number: `text 001`. */
export function numberTexts(count: number, text = 'line'): string[] {
  return Array.from({ length: count }, (_, index) => `${text} ${String(index + 1).padStart(3, '0')}`);
}
