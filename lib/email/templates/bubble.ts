import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { Fragment, createElement as h, type ReactNode } from 'react';
import { splitLinks } from '#lib/text/links.ts';
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

/** One message: the partner's, or the reader's own, which stands back. */
export function renderBubble(key: number, body: string, voice: 'theirs' | 'mine' = 'theirs') {
  const isMine = voice === 'mine';
  return h(
    Section,
    {
      key,
      className: voice,
      style: {
        backgroundColor: isMine ? light.mine : light.theirs,
        borderRadius: '18px',
        padding: '10px 14px',
        margin: '0 0 8px',
        tableLayout: 'fixed',
      },
    },
    h(
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
    ),
  );
}
