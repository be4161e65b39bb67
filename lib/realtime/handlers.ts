import * as v from 'valibot';
import { selectMembership } from '#db/queries/memberships.ts';
import { findLiveSession, getStaleSeconds, touchSession } from '#lib/auth/sessions/sessions.ts';
import { getLog } from '#lib/runtime/log.ts';
import { consumeLimit, type LimitName } from '#lib/runtime/rate-limit.ts';
import { ok } from '#lib/runtime/result.ts';
import { createTurns } from '#lib/runtime/turns.ts';
import { clearConversation } from '../chat/clear-conversation.ts';
import { deleteMessage } from '../chat/delete-message.ts';
import { editMessage } from '../chat/edit-message.ts';
import { hideMessage } from '../chat/hide-message.ts';
import { listConversations } from '../chat/list-conversations.ts';
import { moveCursor } from '../chat/move-cursor.ts';
import { canReachPartner } from '../chat/permissions.ts';
import { pinMessage } from '../chat/pin-message.ts';
import { reactToMessage } from '../chat/react-to-message.ts';
import { readHistory } from '../chat/read-history.ts';
import { readMarks } from '../chat/read-marks.ts';
import {
  clearSchema,
  conversationSchema,
  cursorSchema,
  deleteSchema,
  editSchema,
  historySchema,
  listSchema,
  pinSchema,
  reactSchema,
  sendSchema,
  starSchema,
  syncSchema,
  undeleteSchema,
} from '../chat/schemas.ts';
import { sendMessage } from '../chat/send-message.ts';
import { starMessage } from '../chat/star-message.ts';
import { syncConversation } from '../chat/sync-conversation.ts';
import type { ChatResult, ErrorCode } from '../chat/types.ts';
import { undeleteMessage } from '../chat/undelete-message.ts';
import { fail } from '../chat/wire.ts';
import { type Ack, toAck } from './ack.ts';
import type { ClientEvents, SocketData } from './events.ts';
import type { ChatSocket } from './io.ts';
import { getRealtime } from './port.ts';

type Handler<Schema extends v.GenericSchema> = {
  schema: Schema;
  limit: LimitName;
  /** True where the handler's own statement checks the session row. */
  checksSession?: boolean;
  /** True where a person caused the event, which keeps an idle session alive. */
  countsAsActivity?: boolean;
  /** True where the answer can be large: a person gets a few such at a time. */
  isLarge?: boolean;
  run(caller: SocketData, input: v.InferOutput<Schema>): Promise<ChatResult<object>>;
};

const handler = <Schema extends v.GenericSchema>(definition: Handler<Schema>) => definition;

/** Tells the partner, whom no block keeps from hearing it. */
const typingHandler = (event: 'conversation:typing' | 'conversation:typing-stopped') =>
  handler({
    schema: conversationSchema,
    limit: 'typing',
    countsAsActivity: true,
    async run({ userId }, { conversationId }) {
      const membership = await selectMembership({ memberId: userId, conversationId });
      if (canReachPartner(membership)) {
        getRealtime().publish([membership.partnerId], event, { conversationId, userId });
      }
      return ok({});
    },
  });

const handlers = {
  'message:send': handler({
    schema: sendSchema,
    limit: 'send',
    checksSession: true,
    countsAsActivity: true,
    run: (caller, input) => sendMessage(caller, input),
  }),
  'message:edit': handler({
    schema: editSchema,
    limit: 'change',
    countsAsActivity: true,
    run: ({ userId: memberId }, input) => editMessage({ memberId, ...input }),
  }),
  'message:undelete': handler({
    schema: undeleteSchema,
    limit: 'change',
    countsAsActivity: true,
    run: ({ userId: memberId }, input) => undeleteMessage({ memberId, ...input }),
  }),
  'message:react': handler({
    schema: reactSchema,
    limit: 'change',
    countsAsActivity: true,
    run: ({ userId: memberId }, input) => reactToMessage({ memberId, ...input }),
  }),
  'message:pin': handler({
    schema: pinSchema,
    limit: 'change',
    countsAsActivity: true,
    run: ({ userId: memberId }, input) => pinMessage({ memberId, ...input }),
  }),
  'message:delete': handler({
    schema: deleteSchema,
    limit: 'change',
    countsAsActivity: true,
    run: ({ userId: memberId }, { scope, ...place }) =>
      scope === 'both' ? deleteMessage({ memberId, ...place }) : hideMessage({ memberId, ...place }),
  }),
  'message:star': handler({
    schema: starSchema,
    limit: 'change',
    countsAsActivity: true,
    run: ({ userId: memberId }, input) => starMessage({ memberId, ...input }),
  }),
  'conversation:clear': handler({
    schema: clearSchema,
    limit: 'change',
    countsAsActivity: true,
    run: ({ userId: memberId }, input) => clearConversation({ memberId, ...input }),
  }),
  'conversation:marks': handler({
    schema: conversationSchema,
    limit: 'socketEvent',
    isLarge: true,
    run: ({ userId: viewerId }, input) => readMarks({ viewerId, ...input }),
  }),
  'conversation:delivered': handler({
    schema: cursorSchema,
    limit: 'socketEvent',
    run: ({ userId: viewerId }, input) => moveCursor({ viewerId, kind: 'delivered', ...input }),
  }),
  'conversation:read': handler({
    schema: cursorSchema,
    limit: 'socketEvent',
    countsAsActivity: true,
    run: ({ userId: viewerId }, input) => moveCursor({ viewerId, kind: 'read', ...input }),
  }),
  'conversation:typing': typingHandler('conversation:typing'),
  'conversation:typing-stopped': typingHandler('conversation:typing-stopped'),
  'conversation:history': handler({
    schema: historySchema,
    limit: 'socketEvent',
    isLarge: true,
    countsAsActivity: true,
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
    run: async ({ userId: viewerId }, input) => ok(await listConversations({ viewerId, ...input })),
  }),
} satisfies Record<keyof ClientEvents, unknown>;

/** Every event that a client may send. */
export const clientEvents = Object.keys(handlers) as (keyof ClientEvents)[];

/** Answers that say the client did wrong, or goes on after it was told to wait. */
const FAULTS: ReadonlySet<ErrorCode> = new Set(['invalid', 'too_long', 'rate_limited']);

/** Puts the protocol's handlers on connections, and knows which requests are still in flight. */
export function createHandlers() {
  const inFlight = new Set<Promise<void>>();
  let isDraining = false;

  return {
    /** `noteFault` is told of each event that no well-meaning client sends. */
    listen(socket: ChatSocket, noteFault: () => void) {
      socket.onAny((event: string) => {
        if (!Object.hasOwn(handlers, event)) noteFault();
      });
      for (const [event, definition] of Object.entries(handlers)) {
        socket.on(event as keyof ClientEvents, (...args: unknown[]) => {
          // Socket.IO gives the acknowledgement last, whatever else was sent.
          const reply = typeof args.at(-1) === 'function' ? (args.pop() as (result: Ack) => void) : () => {};
          const input = args.length === 1 ? args[0] : undefined;
          if (isDraining) return reply(fail('unavailable'));
          const work = answer(socket, event, definition as unknown as Handler<v.GenericSchema>, input).then(
            (result) => {
              reply(toAck(result));
              if (!result.ok && FAULTS.has(result.error.code)) noteFault();
              // Told first, closed after: the packets leave in this order.
              if (!result.ok && result.error.code === 'unauthorized')
                getRealtime().endSessions([socket.data.sessionId]);
            },
          );
          inFlight.add(work);
          void work.finally(() => inFlight.delete(work));
        });
      }
    },
    /** Refuses what is new and waits for what is in flight. */
    async drain() {
      isDraining = true;
      await Promise.allSettled(inFlight);
    },
  };
}

/** Large answers for one person that are made at once, of the ten that the pool has connections for (db/client.ts). */
const largeAnswers = createTurns(4);

/** One event: permit, parse, do, respond. */
async function answer(
  socket: ChatSocket,
  event: string,
  { schema, limit, checksSession, countsAsActivity, isLarge, run }: Handler<v.GenericSchema>,
  input: unknown,
): Promise<ChatResult<object>> {
  try {
    const { userId, sessionId } = socket.data;
    // What is invalid counts as well.
    const allowance = await consumeLimit(limit, userId);
    if (!allowance.ok) return fail('rate_limited', allowance.retryAfterMs);
    const parsed = v.safeParse(schema, input);
    if (!parsed.success) return fail(toErrorCode(parsed.issues));

    const work = async (): Promise<ChatResult<object>> => {
      // Nobody hears the answer to who left while they waited.
      if (isLarge && !socket.connected) return fail('unavailable');
      const isLive = checksSession || (await findLiveSession(sessionId)) !== null;
      return isLive ? run(socket.data, parsed.output) : fail('unauthorized');
    };
    const result = await (isLarge ? largeAnswers(userId, work) : work());
    if (countsAsActivity && result.ok) noteActivity(socket);
    return result;
  } catch (error) {
    getLog().error({ err: error, event }, 'socket event failed');
    return fail('unavailable');
  }
}

/** Between two notes of activity the row is not written, so nothing is asked of the database either. */
const NOTE_INTERVAL_MS = 30_000;

function noteActivity(socket: ChatSocket): void {
  const now = Date.now();
  const interval = Math.min(NOTE_INTERVAL_MS, getStaleSeconds() * 1000);
  if (now - (socket.data.usedAt ?? 0) < interval) return;
  socket.data.usedAt = now;
  touchSession(socket.data.sessionId).catch((error) => getLog().warn({ err: error }, 'session not touched'));
}

function toErrorCode(issues: readonly v.BaseIssue<unknown>[]): ErrorCode {
  return issues.every((issue) => issue.message === 'too_long') ? 'too_long' : 'invalid';
}
