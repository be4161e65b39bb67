import { beforeAll, expect, test } from 'vitest';
import { makeUnsubscribeToken } from '#lib/email/preferences/unsubscribe-token.ts';
import { htmlToPlain } from '#lib/email/reply/mime/html-to-plain.ts';
import { toLines } from '#lib/email/reply/words/lines.ts';
import { stripReply as strip } from '#lib/email/reply/words/strip-reply.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';
import { describeTestMail } from '../../support/sent-mail.ts';

beforeAll(() => envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40) })));

/** Strips a reply to the mail that these tests quote. */
const stripReply = (text: string) =>
  strip(
    toLines(text.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ')),
    describeTestMail(['토요일에 볼까요?']),
  ).text;

/** What the quoted mail looks like in each. */
const quoted =
  '> 민지님이 메시지를 보냈어요\n>\n> 토요일에 볼까요?\n>\n> 대화 열기\n> https://chat.example.com/chat/1?m=7';
const plainQuote = quoted.replaceAll('> ', '').replaceAll('>', '');

const samples: [program: string, mail: string, words: string][] = [
  [
    'Gmail in Korean',
    `네 좋아요\n두 시에 봐요\n\n2026년 11월 24일 (화) 오후 3:04, 단둘 <chat@example.com>님이 작성:\n\n${quoted}\n`,
    '네 좋아요\n두 시에 봐요',
  ],
  [
    'Gmail in Korean, the sentence broken over lines',
    `네\n\n2026년 11월 24일 (화) 오후 3:04, 단둘 <\nreply+abcdefghijklmnopqrstuvwxyz@reply.example.com>님이\n작성:\n\n${quoted}`,
    '네',
  ],
  [
    'Gmail in English',
    `Sure, see you\n\nOn Tue, Nov 24, 2026 at 3:04 PM Dandul <chat@example.com> wrote:\n\n${quoted}\n`,
    'Sure, see you',
  ],
  [
    'Gmail in English, the sentence broken over lines',
    `Sure\n\nOn Tue, Nov 24, 2026 at 3:04 PM Dandul <\nreply+abcdefghijklmnop@reply.example.com> wrote:\n\n${quoted}`,
    'Sure',
  ],
  [
    'Naver Mail',
    `네이버에서 답해요\n\n \n-----Original Message-----\nFrom: "단둘" <chat@example.com>\nTo: <junho@naver.com>\nCc: \nSent: 2026-11-24 (화) 15:04:05 (GMT+09:00)\nSubject: 민지님의 메시지: 토요일에 볼까요?\n\n${plainQuote}`,
    '네이버에서 답해요',
  ],
  [
    'Naver Mail app',
    `앱에서 답해요\n\n네이버 메일 앱에서 보냈습니다.\n\n---- 원본 메일 ----\n보낸사람: 단둘 <chat@example.com>\n받는사람: junho@naver.com\n날짜: 2026년 11월 24일\n제목: 민지님의 메시지\n\n${plainQuote}`,
    '앱에서 답해요',
  ],
  [
    'Daum Mail',
    `다음에서 답해요\n\n--------- 원본 메일 ---------\n보낸사람 : 단둘 <chat@example.com>\n받는사람 : <junho@daum.net>\n날짜: 2026년 11월 24일 화요일, 15시 04분 05초 +0900\n제목: 민지님의 메시지: 토요일에 볼까요?\n\n${plainQuote}`,
    '다음에서 답해요',
  ],
  [
    'Kakao Mail',
    `카카오에서 답해요\n\n카카오메일에서 보냄\n\n---------- [원본 메일] ----------\n보낸사람: 단둘 <chat@example.com>\n보낸날짜: 2026. 11. 24. 오후 3:04\n받는사람: junho@kakao.com\n제목: 민지님의 메시지\n\n${plainQuote}`,
    '카카오에서 답해요',
  ],
  [
    'Outlook in Korean',
    `아웃룩이에요\n\n________________________________\n보낸 사람: 단둘 <chat@example.com>\n보낸 날짜: 2026년 11월 24일 화요일 오후 3:04\n받는 사람: junho@outlook.kr <junho@outlook.kr>\n제목: 민지님의 메시지: 토요일에 볼까요?\n\n${plainQuote}`,
    '아웃룩이에요',
  ],
  [
    'Outlook for iOS in Korean',
    `아이폰 아웃룩\n\niOS용 Outlook 다운로드<https://aka.ms/o0ukef>\n________________________________\n보낸 사람: 단둘 <chat@example.com>\n보낸 날짜: Tuesday, November 24, 2026 3:04:05 PM\n받는 사람: junho@outlook.kr\n제목: 민지님의 메시지\n\n${plainQuote}`,
    '아이폰 아웃룩',
  ],
  [
    'Outlook in English',
    `From Outlook\n\nFrom: Dandul <chat@example.com>\nSent: Tuesday, November 24, 2026 3:04 PM\nTo: junho@outlook.com\nSubject: minji: Saturday?\n\n${plainQuote}`,
    'From Outlook',
  ],
  [
    'Outlook for Android in English',
    `Yes\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Dandul <chat@example.com>\nSent: Tuesday, November 24, 2026 3:04:05 PM\nTo: junho@outlook.com <junho@outlook.com>\nSubject: minji: Saturday?\n\n${plainQuote}`,
    'Yes',
  ],
  [
    'Apple Mail in Korean',
    `아이폰에서 답해요\n\n나의 iPhone에서 보냄\n\n2026. 11. 24. 오후 3:04, 단둘 <chat@example.com> 작성:\n\n> ${quoted.replaceAll('\n', '\n> ')}\n`,
    '아이폰에서 답해요',
  ],
  [
    'Apple Mail in English',
    `From a phone\n\nSent from my iPhone\n\n> On Nov 24, 2026, at 3:04 PM, Dandul <chat@example.com> wrote:\n> \n${quoted}`,
    'From a phone',
  ],
  [
    'Samsung Email',
    `갤럭시에서\n\nGalaxy에서 보냈습니다.\n\n-------- 원본 메시지 --------\n보낸 사람: 단둘 <chat@example.com>\n날짜: 26/11/24 오후 3:04 (GMT+09:00)\n받은 사람: junho@example.com\n제목: 민지님의 메시지\n\n${plainQuote}`,
    '갤럭시에서',
  ],
  [
    'Thunderbird, the answer under the quotation',
    `On 11/24/26 15:04, Dandul wrote:\n${quoted}\n\nBelow the quotation\n`,
    'Below the quotation',
  ],
  [
    'Gmail in Korean, the answer under the quotation',
    `2026년 11월 24일 (화) 오후 3:04, 단둘 <chat@example.com>님이 작성:\n${quoted}\n\n아래에 답해요`,
    '아래에 답해요',
  ],
  ['a signature after its marker', 'Hello\n\n-- \nJunho Kim\nAcme Inc.\n+82 2 123 4567', 'Hello'],
  ['Windows line ends and hard spaces', '하나\r\n\u00a0둘\r\n\r\n> 토요일에 볼까요?', '하나\n 둘'],
];

test.each(samples)('%s', (_, mail, words) => {
  expect(stripReply(mail)).toBe(words);
});

test.each([
  'On Monday I wrote: see you\nand then nothing',
  '2026년에 다시 만나요. 그때까지 잘 지내요',
  '2026. 11. 24. 오후 3시에 서울역, 표는 제가 살게요',
  'From: 서울\nTo: 부산\n기차로 두 시간 반이에요',
  'Best wishes\nfor tomorrow, you can do it',
  'one\n---\ntwo',
  '나는 서울에서 보냈어요',
  '보낸 사람: 민지',
  'Cheers',
])('what only looks like a quotation or a signature is kept: %s', (text) => {
  expect(stripReply(text)).toBe(text);
});

const CONVERSATION = '01940000-0000-7000-8000-000000000009';
/** The end of a mail of ours, as its text has it. */
const ending = () =>
  `대화 열기: https://chat.example.com/chat/${CONVERSATION}?m=7\n\n메일 끄기: https://chat.example.com/unsubscribe?token=${makeUnsubscribeToken(CONVERSATION)}`;

test.each<[string, (end: string) => string]>([
  [
    'Outlook in Chinese',
    (end) =>
      `네\n\n发件人： Dandul <chat@example.com>\n发送时间: 2026年11月24日 15:04\n收件人: x@y.example\n主题: 민지\n\n토요일에 볼까요?\n${end}`,
  ],
  [
    'Gmail in Japanese',
    (end) => `네\n\n2026年11月24日(火) 15:04 Dandul <chat@example.com>:\n\n토요일에 볼까요?\n${end}`,
  ],
  [
    'a program that names the reply address',
    (end) => `네\n\nDandul (reply+${'a'.repeat(56)}@reply.example.com) schreef:\n토요일에 볼까요?\n${end}`,
  ],
])('%s', (_, make) => {
  expect(stripReply(make(ending()))).toBe('네');
});

test.each<[string, (end: string) => string]>([
  ['text', (end) => end],
  [
    'HTML',
    (end) =>
      htmlToPlain(
        end
          .split('\n')
          .map((line) => `<div>${line}</div>`)
          .join(''),
      ),
  ],
  [
    'links that were wrapped for safety',
    (end) => end.replaceAll(/https:\S+/g, (url) => `https://safe.example/?url=${encodeURIComponent(url)}`),
  ],
])('what ends our mails is cut even of a quotation that nothing recognises, as %s', (_, change) => {
  const own = `네\n이거 봐요 https://chat.example.com/chat/${CONVERSATION}?m=3\n어때요?`;
  const text = stripReply(`${own}\n\nDandul schrieb so:\n토요일?\n${change(ending())}\n`);
  expect(text).toBe(`${own}\n\nDandul schrieb so:\n토요일?`);
});

test('a link to a text of the conversation is kept, and what comes after it', () => {
  const text = `이거 봐요 https://chat.example.com/chat/${CONVERSATION}?m=3\n어때요?`;
  expect(stripReply(text)).toBe(text);
});

test('nothing but a quotation or a signature leaves nothing', () => {
  for (const mail of [quoted, `\n\nSent from my iPhone\n\n${quoted}`, '-- \nJunho', '   \n\n']) {
    expect(stripReply(mail)).toBe('');
  }
});

test('hostile texts are read in a moment', () => {
  const texts = [
    '0000from<'.repeat(10_000),
    `${'On '.repeat(20_000)}\n`.repeat(3),
    'Op \n'.repeat(20_000),
    `${'2026년 '.repeat(100)}\n`.repeat(200),
    '>'.repeat(90_000),
    '-'.repeat(90_000),
    '\n'.repeat(90_000),
    `${'\n'.repeat(19_000)}x`,
    `-- 원본 메일${' '.repeat(95_000)}x`,
    `--${' '.repeat(95_000)}x`,
    `From${' '.repeat(95_000)}x`,
    `From: x\n${`To${' '.repeat(30_000)}x\n`.repeat(3)}`,
  ];
  // They take a fraction of a second; patterns that backtrack take longer than a test may.
  for (const text of texts) expect(text).toContain(stripReply(text));
});

test.each([
  [
    'Gmail',
    '<div dir="ltr">네 <b>좋아요</b><div>두 시에 봐요</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">2026년 11월 24일, 단둘님이 작성:</div><blockquote class="gmail_quote">토요일에 볼까요?</blockquote></div>',
    '네 좋아요\n두 시에 봐요',
  ],
  [
    'Outlook',
    '<html><head><style>p{}</style></head><body><div>Sure &amp; gladly</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: Dandul &lt;chat@example.com&gt;<br>Sent: Tuesday, November 24, 2026<br>To: x@y.example<br>Subject: minji</div><div>토요일에 볼까요?</div></body></html>',
    'Sure & gladly',
  ],
  [
    'Apple Mail',
    '<html><body><div>하나</div><div>둘 <a href="https://example.com/a">https://example.com/a</a></div><div><br><blockquote type="cite">토요일에 볼까요?</blockquote></div></body></html>',
    '하나\n둘 https://example.com/a',
  ],
])('HTML alone, from %s, gives its own words', (_, html, words) => {
  expect(stripReply(htmlToPlain(html)).replace(/\n-{5,}$/, '')).toBe(words);
});
