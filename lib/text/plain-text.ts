/** Characters of a message that a line of the list shows. */
export const PREVIEW_LENGTH = 160;

/** What of a message its plain text is made from, whoever holds it: a row, the wire, the list. */
type Told = { body: string; deletedAt?: string };

/** Gives the words for what a message says without a text of its own; `chat.timeline` of the catalogue has them. */
type Say = (key: 'deleted') => string;

/** A message as one stretch of plain text, for the list, search results and mails. */
export function toPlainText({ body, deletedAt }: Told, say: Say): string {
  return deletedAt ? say('deleted') : body;
}
