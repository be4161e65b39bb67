import { insertMessage } from '#db/queries/insert-message.ts';
import { notifyRecipient } from '../email/notify.ts';
import { getEnv } from '../env.ts';
import { getCounters } from '../operations/counters.ts';
import { getRealtime } from '../realtime/port.ts';
import { searchKeys } from '../text/search-keys.ts';
import { getConversation } from './get-conversation.ts';
import type { SendInput } from './schemas.ts';
import type { Ack, Message } from './types.ts';
import { fail, toMessage } from './wire.ts';

/**
 * Stores a message and starts its delivery: to every connection of both people, and by e-mail.
 *
 * Resolves after the commit; delivery and mail are best effort from there, as the log and the
 * `mailedSeq` cursor already hold what is due.
 *
 * Errors: `unauthorized` (the session has ended), `not_found` (not a member), `blocked` (the
 * partner refuses), `invalid` (a reply to a message that is not there).
 */
export async function sendMessage(
  caller: { userId: string; sessionId: string },
  input: SendInput,
): Promise<Ack<{ message: Message }>> {
  return storeMessage(caller, input, null);
}

/**
 * The same for a reply that came by e-mail, whose sender has no session here: whoever calls this has
 * proven who wrote it. The message says how it came.
 */
export async function sendByEmail(userId: string, input: SendInput): Promise<Ack<{ message: Message }>> {
  return storeMessage({ userId, sessionId: null }, input, 'email');
}

async function storeMessage(
  caller: { userId: string; sessionId: string | null },
  input: SendInput,
  via: 'email' | null,
): Promise<Ack<{ message: Message }>> {
  const result = await insertMessage({
    sessionId: caller.sessionId,
    senderId: caller.userId,
    idleSeconds: getEnv().SESSION_IDLE_SECONDS,
    conversationId: input.conversationId,
    clientId: input.clientId,
    body: input.body,
    ...searchKeys(input.body),
    replyToSeq: input.replyToSeq ?? null,
    via,
  });
  if (!result.isLive) return fail('unauthorized');
  if (!result.peerId) return fail('not_found');
  if (!result.message) return fail(result.isRefused ? 'blocked' : 'invalid');

  const message = toMessage(result.message);
  if (!result.isDuplicate) {
    getCounters().messagesSent += 1;
    void announceMessage(message, caller.userId, result.peerId, result.ownReadSeq);
  }
  return { ok: true, message };
}

/** First messages whose rooms are being announced on this node: what follows them waits its turn. */
const openings = new Map<string, Promise<void>>();

async function announceMessage(
  message: Message,
  senderId: string,
  peerId: string,
  ownReadSeq: number | null,
) {
  const { conversationId, seq } = message;
  const realtime = getRealtime();
  if (seq === 1) {
    const opening = announceConversation(conversationId, [senderId, peerId]);
    openings.set(
      conversationId,
      opening.finally(() => openings.delete(conversationId)),
    );
  }
  await openings.get(conversationId);
  realtime.publish([senderId, peerId], 'message:new', message);
  if (ownReadSeq !== null) {
    const cursor = { conversationId, userId: senderId, deliveredSeq: ownReadSeq, readSeq: ownReadSeq };
    realtime.publish([senderId], 'conversation:cursor', { ...cursor, unread: 0 });
    realtime.publish([peerId], 'conversation:cursor', cursor);
  }
  notifyRecipient({ conversationId, recipientId: peerId });
}

/** The first message makes the room appear in the partner's list. */
async function announceConversation(conversationId: string, viewerIds: string[]): Promise<void> {
  const entries = await Promise.all(
    viewerIds.map((viewerId) => getConversation({ viewerId, conversationId }).catch(() => null)),
  );
  for (const [index, viewerId] of viewerIds.entries()) {
    const entry = entries[index];
    if (entry) getRealtime().publish([viewerId], 'conversation:new', entry);
  }
}
