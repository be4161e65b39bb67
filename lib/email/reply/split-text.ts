import { countCodePoints, MAX_BODY_LENGTH } from '#lib/chat/sizes.ts';
import { isVisible } from '#lib/text/visible.ts';

/** How far back from the limit a break between lines or words is looked for, in code points. */
const SEARCH_BACK = 500;

/**
 * A text as bodies of messages, each within the limit; between lines where possible, else words. Invisible
 * bodies are left out.
 */
export function splitText(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (countCodePoints(rest) > MAX_BODY_LENGTH) {
    const head = [...rest].slice(0, MAX_BODY_LENGTH).join('');
    const earliest = head.length - SEARCH_BACK;
    const at = ['\n\n', '\n', ' '].map((mark) => head.lastIndexOf(mark)).find((place) => place > earliest);
    const cut = at ?? head.length;
    parts.push(head.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...parts, rest].filter(isVisible);
}
