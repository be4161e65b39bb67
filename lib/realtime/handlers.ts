import type { z } from 'zod';
import { selectOpenPeer } from '#db/queries/members.ts';
import { findLiveSession, getStaleSeconds, touchSession } from '../auth/sessions.ts';
import { listConversations } from '../chat/list-conversations.ts';
import { moveCursor } from '../chat/move-cursor.ts';
import { readHistory } from '../chat/read-history.ts';
import {
  conversationSchema,
  cursorSchema,
  historySchema,
  listSchema,
  sendSchema,
  syncSchema,
} from '../chat/schemas.ts';
import { sendMessage } from '../chat/send-message.ts';
import { syncConversation } from '../chat/sync-conversation.ts';
import type { Ack, ErrorCode, Failure } from '../chat/types.ts';
import { fail } from '../chat/wire.ts';
import { getLog } from '../log.ts';
import { consumeLimit, type LimitName } from '../rate-limit.ts';
import { createTurns } from '../turns.ts';
import type { ClientEvents, SocketData } from './events.ts';
import type { ChatSocket } from './io.ts';
import { getRealtime } from './port.ts';

type Handler<Schema extends z.ZodType> = {
  schema: Schema;
  limit: LimitName;
  /** True where the handler's own statement checks the session row. */
  checksSession?: boolean;
  /** True where a person caused the event, which keeps an idle session alive. */
  isUse?: boolean;
  /** True where the answer can be large: a person gets a few such at a time. */
  isLarge?: boolean;
  run(caller: SocketData, input: z.output<Schema>): Promise<Ack>;
};

const handler = <Schema extends z.ZodType>(definition: Handler<Schema>) => definition;

const handlers = {
  'message:send': handler({
    schema: sendSchema,
    limit: 'send',
    checksSession: true,
    isUse: true,
    run: (caller, input) => sendMessage(caller, input),
  }),
  'conversation:delivered': handler({
    schema: cursorSchema,
    limit: 'socketEvent',
    run: ({ userId: viewerId }, input) => moveCursor({ viewerId, kind: 'delivered', ...input }),
  }),
  'conversation:read': handler({
    schema: cursorSchema,
    limit: 'socketEvent',
    isUse: true,
    run: ({ userId: viewerId }, input) => moveCursor({ viewerId, kind: 'read', ...input }),
  }),
  'conversation:typing': handler({
    schema: conversationSchema,
    limit: 'typing',
    isUse: true,
    async run({ userId }, { conversationId }) {
      const peerId = await selectOpenPeer({ memberId: userId, conversationId });
      if (peerId) getRealtime().publish([peerId], 'conversation:typing', { conversationId, userId });
      return { ok: true };
    },
  }),
  'conversation:history': handler({
    schema: historySchema,
    limit: 'socketEvent',
    isLarge: true,
    isUse: true,
    run: ({ userId: viewerId }, input) => readHistory({ viewerId, ...input }),
  }),
  'conversation:sync': handler({
    schema: syncSchema,
    limit: 'socketEvent',
    isLarge: true,
    run: ({ userId: viewerId }, input) => syncConversation({ viewerId, ...input }),
  }),
  'conversation:list': handler({
    schema: listSchema,
    limit: 'socketEvent',
    isLarge: true,
    run: async ({ userId: viewerId }, input) => ({
      ok: true as const,
      ...(await listConversations({ viewerId, ...input })),
    }),
  }),
} satisfies Record<keyof ClientEvents, unknown>;

/** Puts the protocol's handlers on connections, and knows which requests are still in hand. */
export function createHandlers() {
  const inHand = new Set<Promise<void>>();
  let isDraining = false;

  return {
    listen(socket: ChatSocket) {
      for (const [event, definition] of Object.entries(handlers)) {
        socket.on(event as keyof ClientEvents, (...args: unknown[]) => {
          // Socket.IO gives the acknowledgement last, whatever else was sent.
          const reply = typeof args.at(-1) === 'function' ? (args.pop() as (result: Ack) => void) : () => {};
          const input = args.length === 1 ? args[0] : undefined;
          if (isDraining) return reply(fail('unavailable'));
          const work = answer(socket, event, definition as unknown as Handler<z.ZodType>, input).then(
            (result) => {
              reply(result);
              // Told first, closed after: the packets leave in this order.
              if (isUnauthorized(result)) getRealtime().endSessions([socket.data.sessionId]);
            },
          );
          inHand.add(work);
          void work.finally(() => inHand.delete(work));
        });
      }
    },
    /** Refuses what is new and waits for what is in hand. */
    async drain() {
      isDraining = true;
      await Promise.allSettled(inHand);
    },
  };
}

/** Large answers for one person that are made at once, of the ten that the pool has connections for (db/client.ts). */
const largeAnswers = createTurns(4);

/** One event: parse, permit, do, respond. */
async function answer(
  socket: ChatSocket,
  event: string,
  { schema, limit, checksSession, isUse, isLarge, run }: Handler<z.ZodType>,
  input: unknown,
): Promise<Ack> {
  try {
    const { userId, sessionId } = socket.data;
    const parsed = schema.safeParse(input);
    if (!parsed.success) return fail(faultOf(parsed.error));

    const allowance = await consumeLimit(limit, userId);
    if (!allowance.ok) return fail('rate_limited', allowance.retryAfterMs);

    const work = async (): Promise<Ack> => {
      // Nobody hears the answer to who left while they waited.
      if (isLarge && !socket.connected) return fail('unavailable');
      const isLive = checksSession || (await findLiveSession(sessionId)) !== null;
      return isLive ? run(socket.data, parsed.data) : fail('unauthorized');
    };
    const result = await (isLarge ? largeAnswers(userId, work) : work());
    if (isUse && result.ok) noteUse(socket);
    return result;
  } catch (error) {
    getLog().error({ err: error, event }, 'socket event failed');
    return fail('unavailable');
  }
}

/** Between two notes of use the row is not written, so nothing is asked of the database either. */
const NOTE_INTERVAL_MS = 30_000;

function noteUse(socket: ChatSocket): void {
  const now = Date.now();
  const interval = Math.min(NOTE_INTERVAL_MS, getStaleSeconds() * 1000);
  if (now - (socket.data.usedAt ?? 0) < interval) return;
  socket.data.usedAt = now;
  touchSession(socket.data.sessionId).catch((error) => getLog().warn({ err: error }, 'session not touched'));
}

function faultOf(error: z.ZodError): ErrorCode {
  return error.issues.every((issue) => issue.message === 'too_long') ? 'too_long' : 'invalid';
}

function isUnauthorized(result: Ack): result is Failure {
  return !result.ok && result.error.code === 'unauthorized';
}
