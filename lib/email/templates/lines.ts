import { createElement as h, type ReactNode } from 'react';

/** A text with its line breaks as elements, for mail programs that fold white space. */
export function renderLines(text: string): ReactNode[] {
  return text.split('\n').flatMap((line, at) => (at === 0 ? [line] : [h('br', { key: at }), line]));
}
