import type { SendItem } from './outbox-item.ts';

/** What a message is made of, before it is sent. What else a message can take along joins here. */
export type Written = {
  text: string;
  /** The message that it answers. */
  replyToSeq?: number;
};

/** What stands in the composer of a conversation. */
export type Draft = Written & {
  /** Set while it changes a message instead of making one. */
  editOf?: Edit;
};

/** The message that an edit changes: one of the log, or one that waited to be sent and left the outbox for it. */
export type Edited =
  | { seq: number; baseRevision: number; unsent?: undefined }
  | { unsent: SendItem; seq?: undefined };

export type Edit = Edited & {
  /** What stood in the composer before; it comes back when the edit is sent or cancelled. */
  kept: Written;
};

/**
 * A draft as it lies on the device and as tabs tell each other of it: with the edit beside what stood there before, so
 * that a release which knows no edits does not take the new text for a message.
 */
export type KeptDraft = Written & { edit?: { written: Written; of: Edited } };

export function toKept({ editOf, ...written }: Draft): KeptDraft {
  if (!editOf) return written;
  const { kept, ...of } = editOf;
  return { ...kept, edit: { written, of } };
}

export function fromKept({ edit, ...kept }: KeptDraft): Draft {
  return edit ? { ...edit.written, editOf: { ...edit.of, kept } } : kept;
}

/** The draft where nothing is written; the same object always. */
export const EMPTY_DRAFT: Draft = { text: '' };

export function isSameDraft(a: Draft, b: Draft): boolean {
  return a.text === b.text && a.replyToSeq === b.replyToSeq && a.editOf === b.editOf;
}

/** True when nothing of the draft would be missed. */
export function isEmptyDraft(draft: Draft): boolean {
  return isSameDraft(draft, EMPTY_DRAFT);
}

/** Adds what was taken back to the end of what is being written. */
export function joinDrafts(draft: Draft, added: Written): Draft {
  if (!draft.text.trim()) return { ...added, ...draft, text: added.text };
  return { ...draft, text: `${draft.text}\n${added.text}` };
}
