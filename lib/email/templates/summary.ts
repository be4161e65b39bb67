import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Fragment, createElement as h } from 'react';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { renderBubble } from './bubble.ts';
import { renderAction, renderLayout, renderSmall, renderStop } from './layout.ts';
import { light } from './palette.ts';

export type SummaryProps = {
  locale: Locale;
  rooms: { name: string; texts: { seq: number; body: string }[]; moreCount: number; openUrl: string }[];
  textCount: number;
  moreRooms: number;
  preview: string;
  chatUrl: string;
  stopUrl: string;
};

function renderRoom({ locale }: SummaryProps, room: SummaryProps['rooms'][number], index: number) {
  const t = getTranslator(locale, 'email');
  const look = { color: light.celadon, fontSize: '16px', fontWeight: 700, textDecoration: 'underline' };
  return h(
    Section,
    { key: index, style: { paddingBottom: '16px' } },
    h(
      'h2',
      { style: { margin: '0 0 10px', fontSize: '16px', lineHeight: '1.4', overflowWrap: 'anywhere' } },
      h(Link, { href: room.openUrl, className: 'link', style: look }, room.name),
    ),
    ...room.texts.map(({ seq, body }) => renderBubble(seq, body)),
    room.moreCount > 0 ? renderSmall(t('more', { count: room.moreCount })) : null,
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
      ...props.rooms.map((room, index) => renderRoom(props, room, index)),
      props.moreRooms > 0 ? renderSmall(t('moreRooms', { count: props.moreRooms })) : null,
      h(Section, null, renderAction(t('openChats'), props.chatUrl)),
    ),
    footer: h(Fragment, null, renderSmall(t('whySummary')), renderStop(t('stop'), props.stopUrl)),
  });
}

/** The same mail as plain text. */
export function formatSummaryText(props: SummaryProps): string {
  const t = getTranslator(props.locale, 'email');
  const rooms = props.rooms.map((room) =>
    [
      `# ${room.name}\n${room.openUrl}`,
      ...room.texts.map(({ body }) => body),
      ...(room.moreCount > 0 ? [t('more', { count: room.moreCount })] : []),
    ].join('\n\n'),
  );
  return [
    t('headingSummary', { count: props.textCount }),
    ...rooms,
    ...(props.moreRooms > 0 ? [t('moreRooms', { count: props.moreRooms })] : []),
    `${t('openChats')}\n${props.chatUrl}`,
    `-- \n${t('whySummary')}\n${t('stop')}\n${props.stopUrl}\n`,
  ].join('\n\n');
}
