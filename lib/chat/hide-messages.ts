import type { Message, Quote } from './types.ts';

/** What a person does not see any more of a conversation. */
export type Hides = { clearedSeq: number; hidden: { has(seq: number): boolean; size: number } };

/**
 * The time at which what somebody deleted for themselves counts as deleted. Always the same, so that whoever hides it
 * (the server for a page, a client for what it has) comes to the same.
 */
const HIDDEN_AT = new Date(0).toISOString();

export function isHidden({ clearedSeq, hidden }: Hides, seq: number): boolean {
  return seq <= clearedSeq || hidden.has(seq);
}

/** What is left of a message that the reader deleted for themselves: a place at which nothing is shown. */
export function hideMessage(message: Message): Message {
  if (message.deletedAt === HIDDEN_AT) return message;
  const { conversationId, seq, revision, clientId, senderId, createdAt } = message;
  const place = { conversationId, seq, revision, clientId, senderId, createdAt };
  return { ...place, body: '', deletedAt: HIDDEN_AT, vanished: true };
}

/** What a reply shows of such a message: as of one that was deleted. */
export function hideText<T extends Pick<Quote, 'body' | 'deletedAt'>>(said: T): T {
  return said.deletedAt === HIDDEN_AT ? said : { ...said, body: '', deletedAt: HIDDEN_AT };
}

/** A message as its reader sees it: without its text where they deleted it, and without that of what it answers. */
export function hideIn(message: Message, hides: Hides): Message {
  if (isHidden(hides, message.seq)) return hideMessage(message);
  const { replyTo } = message;
  if (!replyTo || !isHidden(hides, replyTo.seq)) return message;
  const quote = hideText(replyTo);
  return quote === replyTo ? message : { ...message, replyTo: quote };
}

/** Messages as their reader sees them, without what they cleared; the same array where that changes nothing. */
export function hideMessages(messages: Message[], hides: Hides): Message[] {
  if (hides.clearedSeq === 0 && hides.hidden.size === 0) return messages;
  const shown = messages.flatMap((message) =>
    message.seq <= hides.clearedSeq ? [] : [hideIn(message, hides)],
  );
  const isSame = shown.length === messages.length && shown.every((message, i) => message === messages[i]);
  return isSame ? messages : shown;
}
