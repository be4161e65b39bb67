import { randomUUID } from 'node:crypto';
import { percentile } from '../core/stats.ts';
import type { LightSocket } from './light-socket.ts';

/** Two open connections with a conversation. */
export type Line = { conversationId: string; sockets: [LightSocket, LightSocket] };

export type TalkOrder = {
  /** How long messages are sent, in seconds; those still under way afterwards are waited for. */
  seconds: number;
  texts: string[];
} & (
  | { /** Sends a second over all lines, sent when due whatever the answers do (open loop). */ rate: number }
  | { /** Sends under way at any time over all lines (closed loop). */ under: number }
) & { /** True where the answer itself is the delivery: a bare echo server. */ isEcho: boolean };

export type TalkResult = {
  sent: number;
  acked: number;
  delivered: number;
  /** From the first send to the last delivery. */
  seconds: number;
  /** From when a send was due to when its partner's connection had it, in milliseconds. */
  p50: number;
  p99: number;
  /** What was refused, came twice, out of order, or to somebody else. */
  faults: string[];
};

type Sending = { due: number; partner: LightSocket; isAcked: boolean; isDelivered: boolean };
/** Time after the last send; what has not arrived by then is not coming. */
const GIVE_UP_MS = 20_000;

/** Lets people write to each other, and times each text from the moment it was due to the partner's line. */
export async function talk(lines: readonly Line[], order: TalkOrder): Promise<TalkResult> {
  const underWay = new Map<string, Sending>();
  const latencies: number[] = [];
  const faults: string[] = [];
  const lastSeq = new Map<LightSocket, number>();
  let [sent, acked, delivered, lastAt] = [0, 0, 0, 0];
  let onDelivered = () => {};

  const settle = (clientId: string, sending: Sending) => {
    if (sending.isAcked && sending.isDelivered) underWay.delete(clientId);
  };
  const arrive = (clientId: string, sending: Sending) => {
    lastAt = performance.now();
    latencies.push(lastAt - sending.due);
    delivered += 1;
    sending.isDelivered = true;
    settle(clientId, sending);
    onDelivered();
  };
  for (const { conversationId, sockets } of lines) {
    for (const socket of sockets) {
      socket.onEvent = (name, payload: { conversationId: string; seq: number; clientId: string }) => {
        if (name !== 'message:new') return;
        if (payload.conversationId !== conversationId)
          return void faults.push('a message of another conversation');
        const previous = lastSeq.get(socket);
        if (previous !== undefined && payload.seq !== previous + 1)
          faults.push(`seq ${payload.seq} after ${previous}`);
        lastSeq.set(socket, payload.seq);
        const sending = underWay.get(payload.clientId);
        if (sending?.partner === socket && !sending.isDelivered) arrive(payload.clientId, sending);
      };
      socket.onClose = () => faults.push('a connection was closed');
    }
  }
  const send = (due: number) => {
    const line = lines[sent % lines.length] as Line;
    const speaker = Math.floor(sent / lines.length) % 2;
    const [from, partner] = speaker === 0 ? line.sockets : [line.sockets[1], line.sockets[0]];
    const clientId = randomUUID();
    const sending = { due, partner, isAcked: false, isDelivered: false };
    underWay.set(clientId, sending);
    const body = order.texts[sent % order.texts.length];
    sent += 1;
    from.request('message:send', { conversationId: line.conversationId, clientId, body }, (ack) => {
      if (!ack.ok) faults.push(`refused: ${ack.error?.code}`);
      else acked += 1;
      sending.isAcked = true;
      if (order.isEcho) arrive(clientId, sending);
      else settle(clientId, sending);
    });
  };

  const start = performance.now();
  await ('rate' in order ? sendWhenDue(order, start, send) : sendWhenDelivered(order, start));
  const giveUp = performance.now() + GIVE_UP_MS;
  while (underWay.size > 0 && performance.now() < giveUp && faults.length === 0) await pause();
  for (const { sockets } of lines) {
    for (const socket of sockets) {
      socket.onEvent = () => {};
      socket.onClose = () => {};
    }
  }
  return {
    sent,
    acked,
    delivered,
    seconds: (lastAt - start) / 1000,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    faults: faults.slice(0, 10),
  };

  async function sendWhenDelivered(order: TalkOrder & { under: number }, start: number): Promise<void> {
    const end = start + order.seconds * 1000;
    onDelivered = () => {
      if (performance.now() < end) send(performance.now());
    };
    for (let i = 0; i < order.under; i++) send(performance.now());
    while (performance.now() < end && faults.length === 0) await pause();
  }
}

async function sendWhenDue(
  { rate, seconds }: { rate: number; seconds: number },
  start: number,
  send: (due: number) => void,
): Promise<void> {
  const total = Math.round(rate * seconds);
  for (let sent = 0; sent < total; ) {
    const dueByNow = Math.min(total, Math.floor(((performance.now() - start) / 1000) * rate) + 1);
    while (sent < dueByNow) {
      send(start + (sent / rate) * 1000);
      sent += 1;
    }
    if (sent < total) await pause();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
