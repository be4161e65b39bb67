import { Link } from '@react-email/link';
import { Text } from '@react-email/text';
import { Fragment, createElement as h } from 'react';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { renderCell } from './cell.ts';
import { renderAction, renderLayout, renderSmall } from './layout.ts';
import { renderLines } from './lines.ts';
import { light } from './palette.ts';

export type NoticeProps = {
  locale: Locale;
  heading: string;
  /** Line breaks within one are kept. */
  paragraphs: string[];
  action?: { label: string; url: string };
  /** Why the reader got this, and what to do if it was not meant for them. */
  why: string;
};

/** A mail with a heading, some sentences and at most one thing to do. */
export function NoticeEmail({ locale, heading, paragraphs, action, why }: NoticeProps) {
  const t = getTranslator(locale, 'email');
  const linkStyle = { color: light.celadon, textDecoration: 'underline', wordBreak: 'break-all' as const };
  return renderLayout({
    locale,
    preview: paragraphs[0] ?? heading,
    heading,
    children: h(
      Fragment,
      null,
      ...paragraphs.map((text, index) =>
        h(
          Text,
          {
            key: index,
            className: 'ink',
            style: {
              margin: '0 0 20px',
              color: light.ink,
              fontSize: '16px',
              lineHeight: '1.55',
              wordBreak: 'keep-all',
              overflowWrap: 'anywhere',
            },
          },
          ...renderLines(text),
        ),
      ),
      action && renderCell({ style: { padding: '0 0 20px' } }, {}, renderAction(action.label, action.url)),
      action && renderSmall(t('linkHint')),
      action && renderSmall(h(Link, { href: action.url, className: 'link', style: linkStyle }, action.url)),
    ),
    footer: renderSmall(why),
  });
}

/** The same mail as plain text. */
export function formatNoticeText({ heading, paragraphs, action, why }: NoticeProps): string {
  const parts = [heading, ...paragraphs, ...(action ? [`${action.label}\n${action.url}`] : [])];
  return `${parts.join('\n\n')}\n\n-- \n${why}\n`;
}
