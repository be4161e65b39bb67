import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { Fragment, createElement as h, type ReactNode } from 'react';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { splitLinks } from '#lib/text/links.ts';
import { renderAction, renderLayout, renderSmall } from './layout.ts';
import { light } from './palette.ts';

export type MessagesProps = {
  locale: Locale;
  name: string;
  texts: { seq: number; body: string }[];
  moreCount: number;
  preview: string;
  openUrl: string;
  stopUrl: string;
};

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
    const lines = piece.text.split('\n');
    return h(
      Fragment,
      { key: index },
      ...lines.flatMap((line, at) => (at === 0 ? [line] : [h('br', { key: at }), line])),
    );
  });
}

function renderBubble({ seq, body }: { seq: number; body: string }) {
  return h(
    Section,
    {
      key: seq,
      className: 'theirs',
      style: {
        backgroundColor: light.theirs,
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
          fontSize: '16px',
          lineHeight: '1.55',
          // Spaces are kept as they were typed; breaks are also <br>, for clients that ignore this.
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          wordBreak: 'break-word',
        },
      },
      ...renderBody(body),
    ),
  );
}

/** The mail about new messages. */
export function MessagesEmail(props: MessagesProps) {
  const t = getTranslator(props.locale, 'email');
  const count = props.texts.length + props.moreCount;
  return renderLayout({
    locale: props.locale,
    preview: props.preview,
    heading: t('headingMessages', { name: props.name, count }),
    children: h(
      Fragment,
      null,
      ...props.texts.map(renderBubble),
      props.moreCount > 0 ? renderSmall(t('more', { count: props.moreCount })) : null,
      h(Section, { style: { paddingTop: '16px' } }, renderAction(t('open'), props.openUrl)),
    ),
    footer: h(
      Fragment,
      null,
      renderSmall(t('why', { name: props.name })),
      renderSmall(
        h(
          Link,
          {
            href: props.stopUrl,
            className: 'muted',
            style: { color: light.muted, textDecoration: 'underline' },
          },
          t('stop'),
        ),
      ),
    ),
  });
}

/** The same mail as plain text, equally complete. */
export function formatMessagesText(props: MessagesProps): string {
  const t = getTranslator(props.locale, 'email');
  const count = props.texts.length + props.moreCount;
  return [
    t('headingMessages', { name: props.name, count }),
    ...props.texts.map(({ body }) => body),
    ...(props.moreCount > 0 ? [t('more', { count: props.moreCount })] : []),
    `${t('open')}\n${props.openUrl}`,
    // "-- " starts the signature, which mail clients fold and leave out of replies.
    `-- \n${t('why', { name: props.name })}\n${t('stop')}\n${props.stopUrl}`,
  ]
    .join('\n\n')
    .concat('\n');
}
