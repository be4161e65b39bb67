import { PREVIEW_LENGTH } from '../text/plain-text.ts';
import { type AllFields, omitUndefined } from './all-fields.ts';
import type { Message, MessagePreview, Quote } from './types.ts';

/** What a list entry carries of its newest message. */
export function toPreview({ seq, senderId, body, createdAt, deletedAt }: Message): MessagePreview {
  const preview: AllFields<MessagePreview> = { seq, senderId, body: cut(body), createdAt, deletedAt };
  return omitUndefined<MessagePreview>(preview);
}

/** What a reply shows of the message that it answers. */
export function toQuote({ seq, senderId, body, deletedAt }: Message): Quote {
  const quote: AllFields<Quote> = { seq, senderId, body: cut(body), deletedAt };
  return omitUndefined<Quote>(quote);
}

/** Makes replies show the messages that they answer as those are now; `changed` are the newest versions of some. */
export function refreshQuotes(messages: Message[], changed: readonly Message[]): Message[] {
  const originals = new Map(changed.map((message) => [message.seq, message]));
  const isStale = ({ replyToSeq, replyTo }: Message) => {
    const original = originals.get(replyToSeq ?? 0);
    return original && (replyTo?.body !== cut(original.body) || replyTo.deletedAt !== original.deletedAt);
  };
  if (!messages.some(isStale)) return messages;
  return messages.map((message) =>
    isStale(message)
      ? { ...message, replyTo: toQuote(originals.get(message.replyToSeq ?? 0) as Message) }
      : message,
  );
}

/** The beginning of a text. Counts code points as the database does; a text that is short in code units is so in those. */
export function cut(body: string): string {
  return body.length > PREVIEW_LENGTH ? Array.from(body).slice(0, PREVIEW_LENGTH).join('') : body;
}
