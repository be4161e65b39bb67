import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Person } from './test.ts';

/**
 * Sends texts one after another over a bare Socket.IO connection with the person's own cookies, as an
 * outside client does: some hundred a second. Resolves with their `seq`s when all are stored.
 */
export async function sendMany(person: Person, conversationId: string, bodies: string[]): Promise<number[]> {
  const url = process.env.DANDUL_E2E_URL as string;
  const cookies = await person.context.cookies(url);
  const socket = io(url, {
    forceNew: true,
    transports: ['websocket'],
    rejectUnauthorized: false,
    extraHeaders: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  });
  try {
    const seqs: number[] = [];
    for (const body of bodies) {
      const input = { conversationId, clientId: randomUUID(), body };
      const ack = await socket.timeout(20_000).emitWithAck('message:send', input);
      if (!ack.ok) throw new Error(`message:send was refused: ${ack.error.code}`);
      seqs.push(ack.message.seq);
    }
    return seqs;
  } finally {
    socket.disconnect();
  }
}

/** `count` texts that are told apart by their number: `text 001`. */
export function numberTexts(count: number, text = 'line'): string[] {
  return Array.from({ length: count }, (_, index) => `${text} ${String(index + 1).padStart(3, '0')}`);
}
