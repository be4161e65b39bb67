/** So long (ms) after the last key a page in front counts as one where nothing is being typed. */
const QUIET_AFTER_MS = 5_000;

/**
 * Watches whether the page may be taken from the person: no syllable is being composed, no field holds what
 * would be lost, and nobody is typing or looking. A field whose text is kept elsewhere says so by `data-kept`.
 */
export function watchQuiet(): { isQuiet(): boolean; stop(): void } {
  let isComposing = false;
  let typedAt = Number.NEGATIVE_INFINITY;
  const watching = new AbortController();
  const options = { capture: true, signal: watching.signal };
  const noteTyping = () => {
    typedAt = Date.now();
  };
  document.addEventListener('input', noteTyping, options);
  const noteComposition = ({ type }: Event) => {
    isComposing = type === 'compositionstart';
    noteTyping();
  };
  for (const type of ['compositionstart', 'compositionend']) {
    document.addEventListener(type, noteComposition, options);
  }
  return {
    isQuiet() {
      if (isComposing || hasUnkeptText()) return false;
      return document.hidden || Date.now() - typedAt >= QUIET_AFTER_MS;
    },
    stop: () => watching.abort(),
  };
}

function hasUnkeptText(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input:not([data-kept]), textarea:not([data-kept])',
  );
  return [...fields].some((field) => field.value !== field.defaultValue);
}
