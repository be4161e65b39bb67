/** What is being written in a conversation. What else a message can take along joins here. */
export type Draft = {
  text: string;
  /** The message that it answers. */
  replyToSeq?: number;
};

/** The draft where nothing is written; the same object always. */
export const EMPTY_DRAFT: Draft = { text: '' };

export function isSameDraft(a: Draft, b: Draft): boolean {
  return a.text === b.text && a.replyToSeq === b.replyToSeq;
}

/** True when nothing of the draft would be missed. */
export function isEmptyDraft(draft: Draft): boolean {
  return isSameDraft(draft, EMPTY_DRAFT);
}

/** Adds what was taken back to the end of what is being written. */
export function joinDrafts(draft: Draft, added: Draft): Draft {
  if (!draft.text.trim()) return { ...added, ...draft, text: added.text };
  return { ...draft, text: `${draft.text}\n${added.text}` };
}
