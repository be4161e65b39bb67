/** Longest message body, in Unicode code points. */
export const MAX_BODY_LENGTH = 4000;
/** Messages in one history page, unless the caller asks for fewer. */
export const PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 200;
/** Starred messages on one page, unless the caller asks for another number. */
export const STARRED_PAGE_SIZE = 20;

/** A client further behind than this many changes starts over from the newest page; one page brings no more. */
export const MAX_CHANGES_BEHIND = 500;

/** How long one's own text can be edited, by the server's clock. */
export const EDIT_HOURS = 24;
/** How long a deletion can be undone: what a screen offers, and how long the server waits for the wish to arrive. */
export const UNDO_SECONDS = 5;
export const UNDO_KEPT_SECONDS = 10;
/** Different emoji on one message. */
export const MAX_REACTION_KINDS = 12;
/** Pinned messages of one conversation. */
export const MAX_PINS = 10;

/** Messages of one conversation that a person can have starred or deleted for themselves: all their devices know them. */
export const MAX_MARKS = 5_000;

/** Unread messages are counted to this number; from it on a list says one less and a "+". */
export const UNREAD_LIMIT = 100;

/** Length of a text in Unicode code points. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
