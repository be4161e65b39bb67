import type { Locale } from '#lib/i18n/config.ts';
import { type RenderedMail, renderMessagesMail, renderSummaryMail } from './render.ts';
import { type AccountMail, renderAccountMail, renderRefusalMail } from './render-account.ts';

const ID = '01940000-0000-7000-8000-000000000001';
const url = 'https://chat.example.com/settings';

const samples = {
  ko: {
    names: ['민지', '준호', '아주_긴_이름을_쓰는_사람_서른글자까지_되는지'],
    own: '토요일에 시간 괜찮아요?',
    texts: [
      '좋아요. 두 시에 서울역에서 만나요',
      '전시 정보예요\nhttps://www.seoul.go.kr/exhibition/2026/autumn?from=chat&id=20261124\n\n끝나고 국수 먹으러 가요',
      'ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ',
    ],
  },
  en: {
    names: ['minji', 'junho', 'someone_with_quite_a_long_name'],
    own: 'Are you free on Saturday?',
    texts: [
      'Gladly. Let us meet at two, at Seoul Station',
      'Here is the exhibition\nhttps://www.seoul.go.kr/exhibition/2026/autumn?from=chat&id=20261124\n\nand noodles afterwards',
      'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(3),
    ],
  },
};

/** Every mail that the product sends, with made-up content that tries its edges; for looking at. */
export async function renderPreviews(locale: Locale): Promise<{ name: string; mail: RenderedMail }[]> {
  const { names, own, texts } = samples[locale];
  const [name = '', second = '', long = ''] = names;
  const bodies = texts.map((body, index) => ({ seq: index + 7, body }));
  const base = { mailId: ID, recipientId: ID, conversationId: ID, locale };
  const account = (mail: AccountMail) => renderAccountMail({ ...mail, mailId: ID });
  const common = { locale, username: name, url };
  const mails: [string, Promise<RenderedMail>][] = [
    ['message', renderMessagesMail({ ...base, senderName: name, texts: bodies.slice(0, 1), moreCount: 0 })],
    [
      'messages',
      renderMessagesMail({
        ...base,
        senderName: long,
        ownTextBefore: own,
        texts: bodies,
        moreCount: 12,
        replyTo: 'reply+example@reply.example.com',
      }),
    ],
    [
      'summary',
      renderSummaryMail({
        ...base,
        rooms: [
          { conversationId: ID, name, texts: bodies, moreCount: 4 },
          { conversationId: ID, name: second, texts: bodies.slice(0, 1), moreCount: 0 },
        ],
        textCount: 8,
        moreRooms: 2,
      }),
    ],
    ['verify', account({ ...common, kind: 'verify' })],
    ['reset', account({ ...common, kind: 'reset' })],
    ['change', account({ ...common, kind: 'change' })],
    ['changing', account({ ...common, kind: 'changing', newAddress: 'new@example.com' })],
    ['changed', account({ ...common, kind: 'changed', newAddress: 'new@example.com' })],
    [
      'device',
      account({
        ...common,
        kind: 'device',
        device: 'Whale · Windows',
        ip: '203.0.113.7',
        at: new Date('2026-11-24T06:04:00Z'),
        timeZone: 'Asia/Seoul',
      }),
    ],
    [
      'refusal',
      renderRefusalMail({
        mailId: ID,
        locale,
        reason: 'sender',
        inReplyTo: undefined,
        excerpt: texts[0] ?? '',
      }),
    ],
  ];
  return Promise.all(mails.map(async ([kind, mail]) => ({ name: kind, mail: await mail })));
}
