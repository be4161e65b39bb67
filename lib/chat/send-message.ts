import { selectReadableText } from '#db/queries/copy-text.ts';
import { selectMessage } from '#db/queries/messages.ts';
import { ok } from '#lib/runtime/result.ts';
import { getCounters } from '../operations/counters.ts';
import { messageKeys } from '../text/message-keys.ts';
import { chatEvents } from './events.ts';
import { getConversation } from './get-conversation.ts';
import { insertMessage } from './insert-message.ts';
import type { ForwardedInput, SendInput, WrittenInput } from './schemas.ts';
import type { ChatResult, Message } from './types.ts';
import { fail, toMessage } from './wire.ts';

/**
 * Stores a message and tells of it: what listens (lib/chat/events.ts) takes it to every connection of both people,
 * and to the recipient elsewhere.
 *
 * Resolves after the commit; what is told is best effort from there, as the log and the
 * `mailedSeq` cursor already hold what is due.
 *
 * Errors: `unauthorized` (the session has ended), `not_found` (not a member), `blocked` (the
 * partner refuses), `invalid` (a reply to a message that is not there). Of a forwarded message the text is copied here,
 * as it is now, and `not_found` also says that the caller sees no such message.
 */
export async function sendMessage(
  caller: { userId: string; sessionId: string },
  input: SendInput,
): Promise<ChatResult<{ message: Message }>> {
  if (!('forwardOf' in input)) return storeMessage(caller, input, WRITTEN);
  const body = await selectReadableText({ memberId: caller.userId, ...input.forwardOf });
  return storeMessage(caller, { ...input, body }, FORWARDED);
}

/**
 * The same for a reply that came by e-mail, whose sender has no session here: whoever calls this has
 * checked who wrote it. The message says how it came.
 */
export async function sendByEmail(
  userId: string,
  input: WrittenInput,
): Promise<ChatResult<{ message: Message }>> {
  return storeMessage({ userId, sessionId: null }, input, MAILED);
}

/** How a message came to be. */
type Origin = { forwarded: boolean; via: 'email' | null };
const WRITTEN: Origin = { forwarded: false, via: null };
const FORWARDED: Origin = { forwarded: true, via: null };
const MAILED: Origin = { forwarded: false, via: 'email' };

/** With the text that a forwarded message takes along; null where there is none to take. */
type Unstored = WrittenInput | (ForwardedInput & { body: string | null });

/** What no message has when it is sent. */
const UNCHANGED = {
  editedAt: null,
  deletedAt: null,
  vanished: false,
  reactions: null,
  replyTo: null,
  pinnedAt: null,
  pinnedBy: null,
};

async function storeMessage(
  caller: { userId: string; sessionId: string | null },
  input: Unstored,
  origin: Origin,
): Promise<ChatResult<{ message: Message }>> {
  const { conversationId, clientId, body } = input;
  const replyToSeq = input.replyToSeq ?? null;
  const senderId = caller.userId;
  const written = { conversationId, clientId, senderId, replyToSeq, ...origin };
  const keys = messageKeys(conversationId, body ?? '');
  const found = await insertMessage({ sessionId: caller.sessionId, ...written, body, ...keys });
  if (!found.isLive) return fail('unauthorized');
  if (!found.partnerId) return fail('not_found');
  if (found.storedSeq !== null) return answerStored(conversationId, found.storedSeq);
  if (body === null) return fail('not_found');
  if (!found.placed) return fail(found.isRefused ? 'blocked' : 'invalid');

  const { seq } = found.placed;
  // Only a reply is looked up again, with what it answers.
  const stored =
    replyToSeq === null ? undefined : await selectMessage(conversationId, seq).catch(() => undefined);
  const message = toMessage(stored ?? { ...written, body, ...found.placed, ...UNCHANGED });
  getCounters().messagesSent += 1;
  void announceMessage(message, senderId, found.partnerId, found.ownReadSeq);
  return ok({ message });
}

/** A repeat of what was stored before is answered with that, and announced no second time. */
async function answerStored(conversationId: string, seq: number): Promise<ChatResult<{ message: Message }>> {
  const stored = await selectMessage(conversationId, seq);
  return stored ? ok({ message: toMessage(stored) }) : fail('unavailable');
}

/** First messages whose conversations are being announced on this node: what follows them waits its turn. */
const openings = new Map<string, Promise<void>>();

async function announceMessage(
  message: Message,
  senderId: string,
  partnerId: string,
  ownReadSeq: number | null,
) {
  const { conversationId, seq } = message;
  if (seq === 1) {
    const opening = announceConversation(conversationId, [senderId, partnerId]);
    openings.set(
      conversationId,
      opening.finally(() => openings.delete(conversationId)),
    );
  }
  await openings.get(conversationId);
  chatEvents.emit('message:stored', { message, recipientId: partnerId });
  if (ownReadSeq === null) return;
  const cursor = { conversationId, userId: senderId, deliveredSeq: ownReadSeq, readSeq: ownReadSeq };
  chatEvents.emit('cursor:moved', { viewerId: senderId, cursor, unread: 0 });
  chatEvents.emit('cursor:moved', { viewerId: partnerId, cursor });
}

/** The first message makes the conversation appear in the partner's list, and the two see of each other who is here. */
async function announceConversation(
  conversationId: string,
  viewerIds: readonly [string, string],
): Promise<void> {
  const entries = await Promise.all(
    viewerIds.map((viewerId) => getConversation({ viewerId, conversationId }).catch(() => null)),
  );
  for (const [index, viewerId] of viewerIds.entries()) {
    const entry = entries[index];
    if (entry) chatEvents.emit('conversation:changed', { viewerId, entry });
  }
  chatEvents.emit('partners:changed', { memberIds: viewerIds });
}
