import { Link } from '@react-email/link';
import { Fragment, createElement as h } from 'react';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import type { MailText } from '../content/mail-text.ts';
import { renderCell } from './cell.ts';
import { renderAction, renderLayout, renderSmall, renderStop } from './layout.ts';
import { light } from './palette.ts';
import { formatTexts, renderTexts } from './texts.ts';

export type SummaryProps = {
  locale: Locale;
  conversations: { name: string; texts: MailText[]; openUrl: string }[];
  textCount: number;
  /** Another mail follows. */
  isContinued: boolean;
  preview: string;
  chatUrl: string;
  stopUrl: string;
};

function renderConversation(
  locale: Locale,
  conversation: SummaryProps['conversations'][number],
  index: number,
) {
  const { name, texts } = conversation;
  const look = { color: light.celadon, fontSize: '16px', fontWeight: 700, textDecoration: 'underline' };
  return renderCell(
    { style: { padding: '0 0 16px' } },
    { key: index },
    h(
      'h2',
      { style: { margin: '0 0 10px', fontSize: '16px', lineHeight: '1.4', overflowWrap: 'anywhere' } },
      h(Link, { href: conversation.openUrl, className: 'link', style: look }, name),
    ),
    ...renderTexts({ locale, name }, texts),
  );
}

/** The daily summary of what has not been read, a section for each conversation. */
export function SummaryEmail(props: SummaryProps) {
  const t = getTranslator(props.locale, 'email');
  return renderLayout({
    locale: props.locale,
    preview: props.preview,
    heading: t('headingSummary', { count: props.textCount }),
    children: h(
      Fragment,
      null,
      ...props.conversations.map((each, index) => renderConversation(props.locale, each, index)),
      props.isContinued ? renderSmall(t('continued')) : null,
      renderAction(t('openChats'), props.chatUrl),
    ),
    footer: h(Fragment, null, renderSmall(t('whySummary')), renderStop(t('stop'), props.stopUrl)),
  });
}

/** The same mail as plain text. */
export function formatSummaryText(props: SummaryProps): string {
  const t = getTranslator(props.locale, 'email');
  const { locale } = props;
  const conversations = props.conversations.map(({ name, openUrl, texts }) =>
    [`# ${name}\n${openUrl}`, ...formatTexts({ locale, name }, texts)].join('\n\n'),
  );
  return [
    t('headingSummary', { count: props.textCount }),
    ...conversations,
    ...(props.isContinued ? [t('continued')] : []),
    `${t('openChats')}\n${props.chatUrl}`,
    `-- \n${t('whySummary')}\n${t('stop')}\n${props.stopUrl}\n`,
  ].join('\n\n');
}
