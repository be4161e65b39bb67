// Marks that open, close or nudge bidirectional runs: ALM, LRM, RLM, embeddings, overrides, isolates.
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Keeps a name from reordering the text around it where no markup can: between FSI and PDI. */
export function isolateBidi(name: string): string {
  return `\u2068${name}\u2069`;
}

/** A message body in the one form in which it is counted, compared and stored: NFC, without white space around it. */
export function normalizeBody(text: string): string {
  return text.normalize('NFC').trim();
}

/** Removes the controls that reorder neighbouring text; for names, previews, subjects and titles. */
export function stripBidiControls(text: string): string {
  return text.replace(BIDI_CONTROLS, '');
}
