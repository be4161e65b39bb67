import { beforeAll, expect, test } from 'vitest';
import { renderMessagesMail } from '#lib/email/content/render.ts';
import { htmlToPlain } from '#lib/email/reply/mime/html-to-plain.ts';
import { toLines, unflow } from '#lib/email/reply/words/lines.ts';
import { stripReply } from '#lib/email/reply/words/strip-reply.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';
import { describeTestMail } from '../../support/sent-mail.ts';

beforeAll(() =>
  envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40), EMAIL_FROM: '단둘 <chat@example.com>' })),
);

const ID = '01940000-0000-7000-8000-000000000001';
const ADDRESS = `reply+${'a'.repeat(56)}@reply.example.com`;
const strip = (text: string, sent = describeTestMail()) => stripReply(toLines(text), sent).text;
const WROTE = '2026년 11월 24일 (화) 오후 3:04, 단둘 <chat@example.com>님이 작성:';
/** The end of our mail, as its text has it. */
const END = [
  '대화 열기',
  'https://chat.example.com/chat/01940000-0000-7000-8000-000000000009?m=7',
  '',
  '-- ',
  '이 메일에 답장하면 민지님이 단둘에서 바로 읽어요.',
  '민지님과의 대화에 새 메시지가 있어 보내 드렸어요.',
  '이메일 알림 끄기',
  `https://chat.example.com/unsubscribe?token=01940000-0000-7000-8000-0000000000aa.${'Ab3_-'.repeat(8)}xyz`,
].join('\n');
const MAIL = `민지님이 메시지 2개를 보냈어요\n\n토요일에 볼까요?\n\n두 시 어때요?\n\n${END}`;
const QUOTED = MAIL.replace(/^/gm, '> ');
const FIELDS =
  '보낸 사람: 단둘 <chat@example.com>\n보낸 날짜: 2026년 11월 24일 화요일 오후 3:04\n받는 사람: junho@example.com\n제목: 민지님의 메시지';

test.each([
  ['a shopping list with a bare --', '우유\n--\n빵'],
  ['a sentence like a program’s', '메일로 보냈습니다.'],
  ['the same under another sentence', '어디서요?\n갤럭시에서 보냈습니다.'],
  ['a place after "Sent from"', 'Where was it sent from?\n\nSent from my old office in Busan'],
  ['fields of a form', 'From: 서울\nTo: 부산\nDate: 2026-11-24\n기차로 두 시간 반이에요'],
  ['a sentence that ends in wrote', 'On Friday Minsu wrote:\nI will be late'],
  ['the same with a quotation of his', 'On Friday Minsu wrote:\n> I will be late\nWhat now?'],
  [
    'a quotation of a third person with date and address',
    'On Tue, Nov 24, 2026 at 3:04 PM Minsu <minsu@example.org> wrote:\n> I will be late\n\nSee?',
  ],
  ['own lines that begin with >', '> 인생은 짧고 예술은 길다\n이 말 좋아해요\n> 1부터 세요'],
  ['a closing', '네 그래요\n\nBest wishes\nJunho'],
  ['a rule', '하나\n-----\n둘'],
  [
    'a forwarded text under a comment',
    '이거 봐요\n\n---------- Forwarded message ---------\nFrom: 서울시 <news@seoul.example>\nDate: 2026년 11월 24일 (화) 오후 3:04\nSubject: 소식\nTo: <me@example.com>\n\n내일 눈이 와요',
  ],
  ['a sentence with the product’s name', '11월 24일 저녁 7:00 단둘이 만나요:\n서울역 2번 출구'],
  ['a list under "-- " that is longer than any signature', `-- \n${'줄\n'.repeat(20)}끝`],
])('own words stay: %s', (_, text) => {
  expect(strip(text)).toBe(text.trim());
  // Also above and below our quoted mail.
  expect(strip(`${text}\n\n${WROTE}\n\n${QUOTED}`)).toBe(text.trim());
  expect(strip(`${WROTE}\n${QUOTED}\n\n${text}`)).toBe(text.trim());
});

test.each([
  [
    'above, between and below marked lines',
    `안녕하세요\n\n${WROTE}\n> 토요일에 볼까요?\n\n네 토요일 좋아요\n\n> 두 시 어때요?\n\n세 시요\n\n그럼 이만`,
    '안녕하세요\n\n네 토요일 좋아요\n\n세 시요\n\n그럼 이만',
  ],
  [
    'between lines that no program marks',
    `아래에 답했어요\n\n________________________________\n${FIELDS}\n\n${MAIL.replace('볼까요?', '볼까요?\n네 좋아요').replace('어때요?', '어때요?\n\n세 시는요?')}`,
    '아래에 답했어요\n\n네 좋아요\n\n세 시는요?',
  ],
  [
    'below a mail that no program marks',
    `-----원본 메시지-----\n${FIELDS}\n\n${MAIL}\n\n아래에 답해요`,
    '아래에 답해요',
  ],
  [
    'in the same words as the text that is answered',
    `${FIELDS}\n\n${MAIL.replace('두 시 어때요?', '두 시 어때요?\n두 시 어때요?')}`,
    '두 시 어때요?',
  ],
  [
    'on the same line as a quotation',
    `${WROTE}\n> 토요일에 볼까요? 네 좋아요\n> 두 시 어때요?`,
    '> 토요일에 볼까요? 네 좋아요',
  ],
  [
    'as a quotation of a book among answers',
    `${WROTE}\n> 토요일에 볼까요?\n네\n> 시작이 반이다\n라고 하죠`,
    '네\n> 시작이 반이다\n라고 하죠',
  ],
  [
    'above a signature with an answer below the quotation',
    `위\n\n-- \n준호\n\n${WROTE}\n${QUOTED}\n\n아래`,
    '위\n\n아래',
  ],
])('answers stay wherever they stand: %s', (_, text, words) => {
  expect(strip(text)).toBe(words);
});

test.each([
  [
    'broken into short lines',
    '아주 긴 이야기를 여러 줄에 걸쳐서 썼더니 메일 프로그램이 나누었어요',
    '> 아주 긴 이야기를 여러 줄에\n> 걸쳐서 썼더니 메일\n> 프로그램이 나누었어요',
  ],
  [
    'with stars and a link beside the words',
    '여기 봐요 https://example.com/a',
    '> *여기* 봐요 https://example.com/a <https://example.com/a>',
  ],
  ['quoted twice', '토요일에 볼까요?', '>> 토요일에 볼까요?'],
  ['of emoji alone', '👍🏽', '> 👍🏽'],
  ['of a link alone', 'https://example.com/x', '> https://example.com/x'],
  ['with letters lost', '토요일에 볼까요?', '> ????? ????'],
])('a text of ours is known %s', (_, ours, quoted) => {
  expect(strip(`네\n\n${WROTE}\n\n${quoted}`, describeTestMail([ours]))).toBe('네');
});

test('a long text without marks is put together again from its lines', () => {
  const ours = '아주 긴 이야기를 여러 줄에 걸쳐서 썼더니 메일 프로그램이 나누었어요';
  const text = `네\n\n${FIELDS}\n\n아주 긴 이야기를 여러 줄에\n걸쳐서 썼더니 메일\n프로그램이 나누었어요\n네`;
  expect(strip(text, describeTestMail([ours]))).toBe('네\n\n네');
});

test('texts that were deleted or changed since are still known by what stands around them', () => {
  for (const sent of [describeTestMail([], { goneCount: 2 }), describeTestMail(['전혀 다른 글'])]) {
    expect(strip(`네\n\n${FIELDS}\n\n${MAIL}`, sent)).toBe('네');
    expect(strip(`네\n\n${WROTE}\n${QUOTED}`, sent)).toBe('네');
  }
});

test('what would let the reader turn mails off or answer in this name never stays', () => {
  const token = END.split('\n').at(-1) ?? '';
  for (const text of [
    `네\n\n${END}`,
    `네\n${token}`,
    `여기 ${token} 를 누르면 되나요? 아니면 그냥 두면 되나요?`,
    `답은 ${ADDRESS}`,
  ]) {
    expect(strip(text)).not.toMatch(/Ab3_|reply\+/);
    expect(strip(text)).toMatch(/^(네|여기|$)/);
  }
});

test.each([
  ['Thunderbird in Korean', '26. 11. 24. 오후 3:04에 단둘 이(가) 쓴 글:'],
  ['Zoho', '---- 2026년 11월 24일 (화), 15:04:05 +0900 단둘 <chat@example.com>님이 작성 ----'],
  [
    'old Hanmail',
    `---------[ 받은 메일 내용 ]----------\n제목 : 민지님의 메시지\n날짜 : 2026/11/24 화요일 오후 3:04\n보낸이 : "단둘" <chat@example.com>\n받는이 : <x@hanmail.net>`,
  ],
  [
    '원본 이메일',
    `-------- 원본 이메일 --------\n발신: 단둘 <chat@example.com>\n날짜: 26/11/24 오후 3:04 (GMT+09:00)\n받은 사람: x@example.com`,
  ],
  ['German', 'Am Di., 24. Nov. 2026 um 15:04 Uhr schrieb Dandul <chat@example.com>:'],
  ['French, broken', 'Le mar. 24 nov. 2026 à 15:04, Dandul <chat@example.com> a\nécrit :'],
  ['Spanish', 'El mar, 24 nov 2026 a las 15:04, Dandul (<chat@example.com>) escribió:'],
  ['Portuguese', 'Em ter., 24 de nov. de 2026 às 15:04, Dandul <chat@example.com> escreveu:'],
  ['Italian', 'Il giorno mar 24 nov 2026 alle ore 15:04 Dandul <chat@example.com> ha scritto:'],
  ['Russian', 'вт, 24 нояб. 2026 г. в 15:04, Dandul <chat@example.com>:'],
  ['Japanese', '2026年11月24日(火) 15:04 Dandul <chat@example.com>:'],
  ['Chinese', 'Dandul <chat@example.com> 于2026年11月24日周二 15:04写道：'],
  ['Vietnamese', 'Vào Th 3, 24 thg 11, 2026 vào lúc 15:04 Dandul <chat@example.com> đã viết:'],
  ['Indonesian', 'Pada tanggal Sel, 24 Nov 2026 pukul 15.04 Dandul <chat@example.com> menulis:'],
  ['Turkish', 'Dandul <chat@example.com>, 24 Kas 2026 Sal, 15:04 tarihinde şunu yazdı:'],
  ['Arabic', '‫في الثلاثاء، ٢٤ نوفمبر ٢٠٢٦ في ٣:٠٤ م تمت كتابة ما يلي بواسطة ‪Dandul‬‏ <‪chat@example.com‬‏>:‬'],
  ['Polish', 'wt., 24 lis 2026 o 15:04 Dandul <chat@example.com> napisał(a):'],
  ['Dutch', `Op di 24 nov 2026 om 15:04 schreef Dandul <\n${ADDRESS}>:`],
  [
    'Outlook in German',
    'Von: Dandul <chat@example.com>\nGesendet: Dienstag, 24. November 2026 15:04\nAn: x@y.example\nBetreff: minji',
  ],
  [
    'Outlook in Chinese',
    '发件人： Dandul <chat@example.com>\n发送时间: 2026年11月24日 15:04\n收件人: x@y.example\n主题: 민지',
  ],
])('a heading that names us goes with our mail: %s', (_, heading) => {
  expect(strip(`네\n\n${heading}\n\n${QUOTED}`)).toBe('네');
  expect(strip(`네\n\n${heading}\n\n${MAIL}`)).toBe('네');
  expect(strip(`${heading}\n${QUOTED}\n\n네`)).toBe('네');
});

test.each([
  ['나의 iPhone에서 보냄'],
  ['Galaxy에서 보냈습니다.'],
  ['네이버 메일 앱에서 보냈습니다.'],
  ['iOS용 Outlook<https://aka.ms/o0ukef> 받기'],
  ['Sent from my Galaxy'],
  ['Sent from Outlook for iOS<https://aka.ms/o0ukef>'],
  ['Von meinem iPhone gesendet'],
  ['Envoyé de mon iPhone'],
  ['iPhoneから送信'],
  ['发自我的iPhone'],
  ['-- \n김준호\n단둘 주식회사'],
])('a signature is left out: %s', (signature) => {
  expect(strip(`네\n\n${signature}`)).toBe('네');
  expect(strip(`네\n\n${signature}\n\n${WROTE}\n\n${QUOTED}`)).toBe('네');
  expect(strip(`\n\n${signature}`)).toBe('');
});

test('format=flowed joins what was broken, and neither quotations of another depth nor signatures', () => {
  const read = (text: string, delSp = false) => stripReply(unflow(text, delSp), describeTestMail()).text;
  expect(read('긴 문단이 \n이어져요.\n\n다음\n\n-- \n서명')).toBe('긴 문단이 이어져요.\n\n다음');
  expect(read(' > 내 글\n From 서울\n끝')).toBe('> 내 글\nFrom 서울\n끝');
  expect(read(`${WROTE}\n> 토요일에 \n> 볼까요? \n네\n> 두 시 어때요? \n세 시`)).toBe('네\n세 시');
  expect(read('東京に \n行く', true)).toBe('東京に行く');
  expect(read('a \n\nb')).toBe('a \n\nb');
});

test('HTML: own blockquotes stay, ours go, and so do signatures that programs mark', () => {
  const read = (html: string) => strip(htmlToPlain(html));
  expect(read('<p>이 말이요</p><blockquote>시작이 반이다</blockquote><p>맞죠</p>')).toBe(
    '이 말이요\n> 시작이 반이다\n맞죠',
  );
  expect(
    read(
      `<div>네</div><div class="gmail_quote"><div class="gmail_attr">${WROTE.replaceAll('<', '&lt;')}<br></div><blockquote>토요일에 볼까요?</blockquote></div><div>아니 일요일요</div><blockquote>두 시 어때요?</blockquote><div>세 시요</div><div class="gmail_signature">준호</div>`,
    ),
  ).toBe('네\n아니 일요일요\n세 시요');
  expect(read('<h1>Big News</h1><p>yes <img alt="😀" src="x"><img alt="logo" src="y"></p>')).toBe(
    'Big News\nyes 😀',
  );
});

const goneMail = (known: string[], goneCount: number) => describeTestMail(known, { goneCount });
const read = (text: string, sent: ReturnType<typeof describeTestMail>) => stripReply(toLines(text), sent);
/** Our mail as it is quoted, with other lines in place of its texts. */
const quoteOf = (...texts: string[]) =>
  `${WROTE}\n${`민지님이 메시지 2개를 보냈어요\n\n${texts.join('\n\n')}\n\n${END}`.replace(/^/gm, '> ')}`;

test('marked lines that match nothing we sent stay while all that we sent is known', () => {
  const own = ['인생은 짧고 예술은 길다', '네 토요일 좋아요'];
  expect(read(quoteOf('토요일에 볼까요?', ...own, '두 시 어때요?'), describeTestMail())).toEqual({
    text: `> ${own[0]}\n> \n> ${own[1]}`,
    doubtful: [],
  });
  expect(read(`${WROTE}\n> ${own[0]}\n네`, describeTestMail()).text).toBe(`> ${own[0]}\n네`);
});

test('a whole quotation with a line for each text that is gone goes, without doubt', () => {
  for (const [known, gone] of [
    [[], 2],
    [['토요일에 볼까요?'], 1],
    [['두 시 어때요?'], 1],
  ] as const) {
    expect(read(`네\n\n${quoteOf('토요일에 볼까요?', '두 시 어때요?')}`, goneMail([...known], gone))).toEqual(
      {
        text: '네',
        doubtful: [],
      },
    );
  }
});

test('where a text is gone, what may be its lines or the writer’s goes, and is told', () => {
  const known = goneMail(['토요일에 볼까요?'], 1);
  // An answer that a phone put inside the quotation.
  expect(read(`네\n\n${quoteOf('토요일에 볼까요?', '좋아요', '지워진 글')}`, known)).toEqual({
    text: '네',
    doubtful: ['좋아요', '지워진 글'],
  });
  expect(read(`네\n\n${WROTE}\n> 지워진 글`, known)).toEqual({ text: '네', doubtful: ['지워진 글'] });
});

test('even where texts are gone, unmarked lines stay, and stretches that quote nothing of ours', () => {
  const text = `안녕하세요\n\n${WROTE}\n> 토요일에 볼까요?\n네 좋아요\n> 시작이 반이다\n라고 하죠\n> 두 시 어때요?\n세 시요`;
  for (const known of [[], ['토요일에 볼까요?'], ['두 시 어때요?']]) {
    const { text: words } = read(text, goneMail(known, 2 - known.length));
    for (const own of ['안녕하세요', '네 좋아요', '> 시작이 반이다', '라고 하죠', '세 시요'])
      expect(words.split('\n')).toContain(own);
    expect(words).not.toContain('볼까요');
  }
});

test('an unmarked answer in the place of a text that is gone stays', () => {
  const answer = '일곱 시에 남문에서 봐요';
  const mail = `민지님이 메시지 2개를 보냈어요\n\n토요일에 볼까요?\n\n${answer}\n\n${END}`;
  const known = goneMail(['토요일에 볼까요?'], 1);
  expect(read(`-----원본 메시지-----\n${FIELDS}\n\n${mail}`, known)).toEqual({ text: answer, doubtful: [] });
});

test.each(['ko', 'en'] as const)(
  'what our mail quotes above a reply is known as ours, in %s',
  async (locale) => {
    const answered = ['우리 어디서\n만나요?', '가'.repeat(300), null];
    const texts = ['서울역이요', '그래서 그랬어요', '아무것도 아니에요'].map((body, index) => ({
      seq: index + 7,
      body,
      answered: { body: answered[index] ?? null, isReaders: index === 0 },
      isForwarded: index > 0,
    }));
    const { text, html } = await renderMessagesMail({
      mailId: ID,
      conversationId: ID,
      recipientId: ID,
      locale,
      senderName: '민지',
      texts,
      isContinued: false,
      replyTo: ADDRESS,
    });
    const inner = /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1];
    const sent = describeTestMail(
      texts.map(({ body }) => body),
      { answered: answered.flatMap((body) => body ?? []) },
    );
    expect(strip(`네\n\n${WROTE}\n\n${text.replace(/^/gm, '> ')}`, sent)).toBe('네');
    expect(strip(`네\n\n${FIELDS}\n\n${text}`, sent)).toBe('네');
    expect(
      strip(htmlToPlain(`<div>네</div><div>${FIELDS.replaceAll('\n', '<br>')}</div>${inner}`), sent),
    ).toBe('네');
    // The writer's own quotation of something else stays.
    expect(strip(`> 우리 언제 만나요?\n네\n\n${WROTE}\n\n${text.replace(/^/gm, '> ')}`, sent)).toBe(
      '> 우리 언제 만나요?\n네',
    );
  },
);
