import { Link } from '@react-email/link';
import { Text } from '@react-email/text';
import { Fragment, createElement as h, type ReactNode } from 'react';
import { splitLinks } from '#lib/text/links.ts';
import { renderCell } from './cell.ts';
import { renderLines } from './lines.ts';
import { light } from './palette.ts';

/** The text with its line breaks and links; everything else stays text. */
function renderBody(body: string): ReactNode[] {
  return splitLinks(body).map((piece, index) => {
    if (piece.kind === 'link') {
      const style = { color: light.celadon, textDecoration: 'underline' };
      return h(
        Link,
        { key: index, className: 'link', href: piece.href, rel: 'noopener noreferrer nofollow', style },
        piece.display,
      );
    }
    return h(Fragment, { key: index }, ...renderLines(piece.text));
  });
}

/** What a message answers: whose that is, and one line of it unless it was deleted. */
export type BubbleQuote = { label: string; line: string | undefined };

const quiet = {
  margin: 0,
  color: light.muted,
  fontSize: '13px',
  lineHeight: '1.5',
  overflowWrap: 'anywhere',
  wordWrap: 'break-word',
  wordBreak: 'keep-all',
} as const;

/** A quotation at the head of a bubble, with a rule at its side. */
function renderQuote({ label, line }: BubbleQuote) {
  return renderCell(
    { style: { padding: '0 0 6px' } },
    {},
    renderCell(
      { className: 'rule', style: { borderLeft: `3px solid ${light.line}`, padding: '0 0 0 10px' } },
      {},
      h(Text, { className: 'muted', style: { ...quiet, fontWeight: 700 } }, label),
      line === undefined ? null : h(Text, { className: 'muted', dir: 'auto', style: quiet }, line),
    ),
  );
}

/** One message: the partner's, with what it answers and where it came from, or the reader's own, which is less prominent. */
export function renderBubble(
  key: number,
  body: string,
  {
    voice = 'theirs',
    quote,
    origin,
  }: { voice?: 'theirs' | 'mine'; quote?: BubbleQuote; origin?: string } = {},
) {
  const isMine = voice === 'mine';
  const text = h(
    Text,
    {
      className: 'ink',
      dir: 'auto',
      style: {
        margin: 0,
        color: light.ink,
        fontSize: isMine ? '14px' : '16px',
        lineHeight: '1.55',
        // Spaces are kept as they were typed; breaks are also <br>, for clients that ignore this.
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        wordWrap: 'break-word',
        wordBreak: 'keep-all',
      },
    },
    ...renderBody(body),
  );
  const backgroundColor = isMine ? light.mine : light.theirs;
  const fill = { backgroundColor, borderRadius: '18px', padding: '10px 14px' };
  return renderCell(
    { style: { padding: '0 0 8px' } },
    { key },
    renderCell(
      { className: voice, style: fill },
      {},
      quote ? renderQuote(quote) : null,
      origin === undefined ? null : h(Text, { className: 'muted', style: quiet }, origin),
      text,
    ),
  );
}
