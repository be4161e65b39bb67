import { createShardedAdapter } from '@socket.io/redis-adapter';
import { type ClusterMessage, MessageType } from 'socket.io-adapter';
import { checkShape, hasMethod } from '#lib/runtime/check-shape.ts';
import type { Redis } from '#lib/runtime/redis.ts';

type Sharded = ReturnType<ReturnType<typeof createShardedAdapter>>;
/** The adapter's own way to the other nodes and back, which its types keep to its subclasses. */
type Inner = {
  uid: string;
  publish(message: DistributiveOmit<ClusterMessage, 'nsp' | 'uid'>): void;
  encode(message: object): string;
  onRawMessage(raw: Buffer, channel: Buffer): void;
};
type DistributiveOmit<T, K extends keyof never> = T extends unknown ? Omit<T, K> : never;

/** Rooms that an event is published to one by one; more of them cost less as one event for every node. */
const MAX_CHANNELS = 2;

/**
 * Socket.IO's adapter over sharded Redis channels, but for three things about events:
 *
 * - This node's own connections get it at once. The adapter as it is hands it to Redis first and waits
 *   for the answer, so each message of a conversation on one node took a trip through Redis, and with
 *   a Redis that hangs none arrived.
 * - An event to both people of a conversation goes to the channel of each, to which only nodes with
 *   that person listen. The adapter uses such channels for a single room; all else goes to every node.
 * - Each begins with the name of its node, which hears it too and knows it by that without reading it.
 *   It is JSON throughout: events hold nothing binary, so the adapter's search for it is spared.
 *
 * A connection in two rooms of one event would get it twice from another node: an event goes to people,
 * and nobody is in the room of a second person.
 *
 * Made for @socket.io/redis-adapter 8.3.0. With one that lacks what it works with, attaching throws.
 */
export function createLocalFirstAdapter(publisher: Redis, subscriber: Redis) {
  const createAdapter = createShardedAdapter(publisher, subscriber);
  // Socket.IO calls it with `new`, which an arrow function does not allow.
  return function makeAdapter(namespace: unknown): Sharded {
    const adapter = createAdapter(namespace);
    const broadcastAsItIs: Sharded['broadcast'] = adapter.broadcast.bind(adapter);
    const inner = adapter as unknown as Inner;
    checkAdapter(inner);
    const head = `{"uid":${JSON.stringify(inner.uid)},`;
    const ownHead = Buffer.from(head);
    const readRaw = inner.onRawMessage.bind(adapter);
    inner.encode = (message) => head + JSON.stringify(message).slice(1);
    inner.onRawMessage = (raw, channel) => {
      if (!raw.subarray(0, ownHead.length).equals(ownHead)) readRaw(raw, channel);
    };
    adapter.broadcast = async (packet, options) => {
      const { rooms, except = new Set(), flags = {} } = options;
      // What is said here runs up to its end at once: no event overtakes another.
      const local = broadcastAsItIs(packet, { ...options, flags: { ...flags, local: true } });
      if (!flags.local) {
        const all = [...rooms];
        for (const some of all.length > 0 && all.length <= MAX_CHANNELS ? all.map((room) => [room]) : [all]) {
          const opts = { rooms: some, except: [...except], flags };
          inner.publish({ type: MessageType.BROADCAST, data: { packet, opts } });
        }
      }
      await local;
    };
    return adapter;
  };
}

/** @throws Error when the adapter has another inside than `Inner`. */
export function checkAdapter(inner: Partial<Inner>): void {
  checkShape(
    {
      library: '@socket.io/redis-adapter',
      version: '8.3.0',
      patch: 'lib/realtime/patches/local-first-adapter.ts',
    },
    {
      uid: typeof inner.uid === 'string',
      'publish()': hasMethod(inner, 'publish'),
      'encode()': hasMethod(inner, 'encode'),
      'onRawMessage()': hasMethod(inner, 'onRawMessage'),
    },
  );
}
