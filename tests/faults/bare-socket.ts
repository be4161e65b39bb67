import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '#lib/realtime/events.ts';
import type { Person } from '../support/people.ts';
import type { Round } from './round.ts';
import { waitFor } from './wait-for.ts';

export type BareSocket = Socket<ServerEvents, ClientEvents>;

/** A connection without the product's client on it, on any port: a node's or a line's. */
export function openBare(port: number, { cookie }: Person, isLasting = false): BareSocket {
  return io(`http://127.0.0.1:${port}`, {
    forceNew: true,
    reconnection: isLasting,
    reconnectionDelay: 100,
    reconnectionDelayMax: 1_000,
    transports: ['websocket'],
    extraHeaders: { cookie },
  });
}

/** Resolves with the next heads: the connection is in its conversations. */
export async function whenWelcome(socket: BareSocket): Promise<void> {
  let isWelcome = false;
  socket.once('heads', () => {
    isWelcome = true;
  });
  await waitFor(() => isWelcome, 'a bare connection to be welcome', 30_000);
}

/** Sends one of the round's texts, lengthened by `padding`; it counts as sent and, once answered, as acknowledged. */
export async function sendBare(
  round: Round,
  sockets: BareSocket[],
  sender: Person,
  conversationId: string,
  padding = '',
): Promise<void> {
  const sent = round.note(conversationId, sender.userId, null);
  sent.text += padding;
  const input = { conversationId, clientId: randomUUID(), body: sent.text };
  const acks = await Promise.all(
    sockets.map((socket) =>
      socket
        .timeout(10_000)
        .emitWithAck('message:send', input)
        .catch(() => null),
    ),
  );
  sent.isAcked = acks.some((ack) => ack?.ok);
  const seqs = new Set(acks.flatMap((ack) => (ack?.ok ? [ack.message.seq] : [])));
  if (seqs.size > 1) round.findings.push(`one clientId was given the places ${[...seqs].join(', ')}`);
}
