import { selectMessage } from '#db/queries/messages.ts';
import { notifyRecipient } from '../email/notify.ts';
import { getCounters } from '../operations/counters.ts';
import { getRealtime } from '../realtime/port.ts';
import { messageKeys } from '../text/message-keys.ts';
import { getConversation } from './get-conversation.ts';
import { insertMessage } from './insert-message.ts';
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
 * checked who wrote it. The message says how it came.
 */
export async function sendByEmail(userId: string, input: SendInput): Promise<Ack<{ message: Message }>> {
  return storeMessage({ userId, sessionId: null }, input, 'email');
}

async function storeMessage(
  caller: { userId: string; sessionId: string | null },
  input: SendInput,
  via: 'email' | null,
): Promise<Ack<{ message: Message }>> {
  const { conversationId, clientId, body, replyToSeq = null } = input;
  const senderId = caller.userId;
  const found = await insertMessage({
    sessionId: caller.sessionId,
    senderId,
    conversationId,
    clientId,
    body,
    ...messageKeys(conversationId, body),
    replyToSeq,
    via,
  });
  if (!found.isLive) return fail('unauthorized');
  if (!found.peerId) return fail('not_found');
  if (found.storedSeq !== null) return answerStored(conversationId, found.storedSeq);
  if (!found.placed) return fail(found.isRefused ? 'blocked' : 'invalid');

  const message = toMessage({
    conversationId,
    ...found.placed,
    clientId,
    senderId,
    body,
    editedAt: null,
    deletedAt: null,
    replyToSeq,
    via,
  });
  getCounters().messagesSent += 1;
  void announceMessage(message, senderId, found.peerId, found.ownReadSeq);
  return { ok: true, message };
}

/** A repeat of what was stored before is answered with that, and announced no second time. */
async function answerStored(conversationId: string, seq: number): Promise<Ack<{ message: Message }>> {
  const stored = await selectMessage(conversationId, seq);
  return stored ? { ok: true, message: toMessage(stored) } : fail('unavailable');
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
