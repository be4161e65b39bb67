import { Fragment, createElement as h } from 'react';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import type { MailText } from '../content/mail-text.ts';
import { renderBubble } from './bubble.ts';
import { renderCell } from './cell.ts';
import { renderAction, renderLayout, renderSmall, renderStop } from './layout.ts';
import { formatTexts, renderTexts } from './texts.ts';

export type MessagesProps = {
  locale: Locale;
  name: string;
  ownTextBefore: string | undefined;
  texts: MailText[];
  /** Another mail follows. */
  isContinued: boolean;
  preview: string;
  openUrl: string;
  stopUrl: string;
  canReply: boolean;
};

/** The mail about new messages. */
export function MessagesEmail(props: MessagesProps) {
  const t = getTranslator(props.locale, 'email');
  const { name, texts, isContinued, ownTextBefore } = props;
  return renderLayout({
    locale: props.locale,
    preview: props.preview,
    heading: t('headingMessages', { name, count: texts.length }),
    children: h(
      Fragment,
      null,
      ownTextBefore === undefined ? null : renderSmall(t('yourMessage')),
      ownTextBefore === undefined ? null : renderBubble(0, ownTextBefore, { voice: 'mine' }),
      ownTextBefore === undefined ? null : renderSmall(t('theirMessage', { name })),
      ...renderTexts(props, texts),
      isContinued ? renderSmall(t('continued')) : null,
      renderCell({ style: { padding: '8px 0 0' } }, {}, renderAction(t('open'), props.openUrl)),
    ),
    footer: h(
      Fragment,
      null,
      props.canReply ? renderSmall(t('replyHint', { name })) : null,
      renderSmall(t('why', { name })),
      renderStop(t('stop'), props.stopUrl),
    ),
  });
}

/** The same mail as plain text, equally complete. */
export function formatMessagesText(props: MessagesProps): string {
  const t = getTranslator(props.locale, 'email');
  const { name, texts, isContinued, ownTextBefore } = props;
  return [
    t('headingMessages', { name, count: texts.length }),
    ...(ownTextBefore === undefined
      ? []
      : [`${t('yourMessage')}\n${ownTextBefore.replace(/^/gm, '> ')}`, t('theirMessage', { name })]),
    ...formatTexts(props, texts),
    ...(isContinued ? [t('continued')] : []),
    `${t('open')}\n${props.openUrl}`,
    // "-- " starts the signature, which mail clients fold and leave out of replies.
    `-- \n${props.canReply ? `${t('replyHint', { name })}\n` : ''}${t('why', { name })}\n${t('stop')}\n${props.stopUrl}`,
  ]
    .join('\n\n')
    .concat('\n');
}
