import { randomUUID } from 'node:crypto';
import type { InsertMessageInput } from '#db/queries/insert-messages.ts';
import { messageKeys } from '#lib/text/message-keys.ts';

/** A text as the statement that stores messages takes it, under an id of its own. */
export function makeInput(
  sender: { userId: string; sessionId: string },
  conversationId: string,
  body: string,
  rest: Partial<InsertMessageInput> = {},
): InsertMessageInput {
  return {
    sessionId: sender.sessionId,
    senderId: sender.userId,
    conversationId,
    clientId: randomUUID(),
    body,
    ...messageKeys(conversationId, body),
    replyToSeq: null,
    forwarded: false,
    via: null,
    ...rest,
  };
}
