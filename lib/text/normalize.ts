// Marks that open, close or nudge bidirectional runs: ALM, LRM, RLM, embeddings, overrides, isolates.
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Removes the controls that reorder neighbouring text; for names, previews, subjects and titles. */
export function stripBidiControls(text: string): string {
  return text.replace(BIDI_CONTROLS, '');
}
