import type { AccountMail } from '#lib/auth/accounts/account-mailer.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { type RenderedMail, renderMessagesMail, renderSummaryMail } from './render.ts';
import { renderAccountMail, renderDroppedMail, renderRefusalMail } from './render-account.ts';

const ID = '01940000-0000-7000-8000-000000000001';
const url = 'https://chat.example.com/settings/security';

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

type Previews = [name: string, mail: Promise<RenderedMail>][];

/** Every mail that the product sends, with made-up content that tries its edges; for looking at. */
export async function renderPreviews(locale: Locale): Promise<{ name: string; mail: RenderedMail }[]> {
  const mails = [...renderMessages(locale), ...renderAccount(locale), ...renderAnswers(locale)];
  return Promise.all(mails.map(async ([name, mail]) => ({ name, mail: await mail })));
}

function renderMessages(locale: Locale): Previews {
  const { names, own, texts } = samples[locale];
  const [name = '', second = '', long = ''] = names;
  const bodies = texts.map((body, index) => ({
    seq: index + 7,
    body,
    isForwarded: index === 0,
    answered:
      index === 1 ? { body: own, isReaders: true } : index === 2 ? { body: null, isReaders: false } : null,
  }));
  const base = { mailId: ID, recipientId: ID, conversationId: ID, locale };
  return [
    [
      'message',
      renderMessagesMail({ ...base, senderName: name, texts: bodies.slice(0, 1), isContinued: false }),
    ],
    [
      'messages',
      renderMessagesMail({
        ...base,
        senderName: long,
        ownTextBefore: own,
        texts: bodies,
        isContinued: true,
        replyTo: 'reply+example@reply.example.com',
      }),
    ],
    [
      'summary',
      renderSummaryMail({
        ...base,
        conversations: [
          { conversationId: ID, name, texts: bodies },
          { conversationId: ID, name: second, texts: bodies.slice(0, 1) },
        ],
        textCount: 8,
        names: [name, second],
        day: '2026-11-24',
        isContinued: false,
      }),
    ],
  ];
}

function renderAccount(locale: Locale): Previews {
  const [username = ''] = samples[locale].names;
  const account = (mail: AccountMail) => renderAccountMail({ ...mail, mailId: ID });
  const common = { locale, username, url };
  return [
    ['verify', account({ ...common, kind: 'verify' })],
    ['reset', account({ ...common, kind: 'reset', isProven: true })],
    ['change', account({ ...common, kind: 'change' })],
    ['occupied', account({ ...common, kind: 'occupied' })],
    ['login', account({ ...common, kind: 'login', isProven: true })],
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
  ];
}

/** The answers to replies by mail. */
function renderAnswers(locale: Locale): Previews {
  const { texts } = samples[locale];
  const answer = { mailId: ID, locale, inReplyTo: undefined };
  return [
    ['refusal', renderRefusalMail({ ...answer, reason: 'sender', excerpt: texts[0] ?? '' })],
    ['dropped', renderDroppedMail({ ...answer, files: ['plan.pdf'], doubtful: texts.slice(0, 2) })],
  ];
}
