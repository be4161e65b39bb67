import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLinks } from '#lib/text/links.ts';

const links = (text: string) => splitLinks(text).filter((part) => part.kind === 'link');
const linked = (text: string) => links(text).map((part) => part.text);
const shown = (text: string) => links(text).map((part) => part.display);
const hrefs = (text: string) => links(text).map((part) => part.href);

describe('what is a link', () => {
  test.each([
    ['http://example.com', 'http://example.com'],
    ['HTTPS://EXAMPLE.COM/A', 'HTTPS://EXAMPLE.COM/A'],
    ['naver.com', 'https://naver.com'],
    ['www.example.co.kr/a?b=c#d', 'https://www.example.co.kr/a?b=c#d'],
    ['http://localhost:3000/chat', 'http://localhost:3000/chat'],
    ['http://[::1]:3000/x', 'http://[::1]:3000/x'],
    ['mailto:minji@example.com', 'mailto:minji@example.com'],
    ['minji+chat@example.com', 'mailto:minji+chat@example.com'],
    ['한글.한국', 'https://한글.한국'],
    ['https://go쇼핑.com', 'https://go쇼핑.com'],
    ['https://ko.wikipedia.org/wiki/한국어', 'https://ko.wikipedia.org/wiki/한국어'],
    ['https://ko.wikipedia.org/wiki/마을', 'https://ko.wikipedia.org/wiki/마을'],
    ['https://namu.wiki/w/은', 'https://namu.wiki/w/은'],
    ['https://example.com/?q=은', 'https://example.com/?q=은'],
    ['http://한국.example.com:8080/가격표?이름=값#절', 'http://한국.example.com:8080/가격표?이름=값#절'],
  ])('%s', (text, href) => {
    expect(linked(text)).toEqual([text]);
    expect(hrefs(text)).toEqual([href]);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(document.cookie)//example',
    'data:text/html;base64,PHNjcmlwdD4=',
    'vbscript:msgbox(1)',
    'ftp://example.com/a',
    'file:///etc/passwd',
    '//example.com/a',
    'README.md',
    'main.py',
    'Hello.It was late',
    '3.14',
    '안녕하세요. 그래서요.반가워요',
    '@minji',
    'http://',
  ])('not: %s', (text) => {
    expect(linked(text)).toEqual([]);
  });
});

describe('what stands after an address is not part of it', () => {
  const endings = [
    ...[
      '은',
      '는',
      '이',
      '가',
      '을',
      '를',
      '에',
      '에서',
      '로',
      '으로',
      '와',
      '과',
      '도',
      '만',
      '의',
      '께',
      '부터',
    ],
    ...[
      '까지',
      '입니다',
      '이에요',
      '예요',
      '라고',
      '이라고',
      '에서는',
      '으로도',
      '인데요',
      '이랑',
      '하고',
      '이나',
    ],
  ];

  test.each(endings)('the ending %s', (ending) => {
    for (const address of [
      'https://example.com',
      'https://example.com/',
      'https://example.com/page',
      'https://example.com/a/b-1?x=y&z=1',
      'https://example.com/a#top',
      'https://example.com:8443',
      'http://localhost:3000',
      'http://127.0.0.1',
      'https://한글.한국',
      'example.com',
      'minji@example.com',
    ]) {
      expect(linked(`${address}${ending} 보내요`), address + ending).toEqual([address]);
      expect(linked(`${address}${ending}.`), `${address + ending}.`).toEqual([address]);
    }
  });

  test.each([
    ['https://ko.wikipedia.org/wiki/서울_(동음이의)에서', 'https://ko.wikipedia.org/wiki/서울_(동음이의)'],
    ['(https://en.wikipedia.org/wiki/Foo_(bar))', 'https://en.wikipedia.org/wiki/Foo_(bar)'],
    ['(https://example.com/a)', 'https://example.com/a'],
    ['"https://example.com/a"라고', 'https://example.com/a'],
    ["'https://example.com/a'라고", 'https://example.com/a'],
    ['「https://example.com/a」는', 'https://example.com/a'],
    ['<https://example.com/a>', 'https://example.com/a'],
    ['[여기](https://example.com/a)에서', 'https://example.com/a'],
    ['https://example.com/a, 그리고', 'https://example.com/a'],
    ['https://example.com/a입니다.그래서', 'https://example.com/a'],
    ['https://example.com입니다.그래서', 'https://example.com'],
    ['https://example.com/a!', 'https://example.com/a'],
    ['https://example.com/a~~', 'https://example.com/a'],
    ['https://example.com/a를ㅎㅎ', 'https://example.com/a'],
    ['example.comㅋㅋㅋ', 'example.com'],
    ['https://example.com😀', 'https://example.com'],
    ['https://example.com확인해', 'https://example.com'],
    ['https://www.example.com。', 'https://www.example.com'],
  ])('%s', (text, address) => {
    expect(linked(text)).toEqual([address]);
  });

  test('a second address right behind is a link of its own', () => {
    expect(linked('https://a.com/x는https://b.com/y')).toEqual(['https://a.com/x', 'https://b.com/y']);
    expect(linked('https://a.com/x,https://b.com/y')).toEqual(['https://a.com/x', 'https://b.com/y']);
  });
});

/** Each address stands between ⸠ and ⸡. */
function mark(text: string): string {
  return splitLinks(text)
    .map((part) => (part.kind === 'link' ? `⸠${part.text}⸡` : part.text))
    .join('');
}

describe('where an address begins and ends', () => {
  test.each([
    [
      'punctuation in a row',
      '보세요 (⸠https://a.com/x⸡.) ⸠https://a.com/x⸡?! ⸠https://a.com⸡;; ⸠a.com/x⸡.).',
    ],
    ['dots in a row', '⸠https://a.com/x⸡... ⸠https://a.com⸡..이거 ⸠a.com⸡… 끝'],
    [
      'marks inside it',
      '⸠https://a.com/a–b⸡ ⸠https://a.com/it’s⸡ ⸠https://a.com/Col·lecció⸡ ⸠https://a.com/ア・イ⸡',
    ],
    [
      'the same marks at its end',
      '⸠https://a.com/a⸡– ⸠https://a.com/it⸡’ ⸠https://a.com/a⸡· ⸠https://a.com/ア⸡・',
    ],
    [
      'what is invisible',
      '\u200b⸠https://a.com/x⸡\u200b ⸠https://a.com⸡\ufeff \u2060⸠a.com⸡\u200d ⸠https://a.com⸡\u200f.',
    ],
    ['emoji', '😀⸠https://a.com⸡😀 👍🏽⸠www.a.com/x⸡👍🏽 ❤️⸠a.com⸡❤️ 1️⃣⸠a.com⸡'],
    ['backticks', '`⸠https://a.com/x⸡` `⸠a.com⸡`'],
    ['a colon or an equals sign', '링크:⸠https://a.com⸡ 링크:⸠a.com⸡ url=⸠https://a.com/x⸡ url=⸠a.com/x⸡'],
    ['underscores in the host', '⸠https://foo_bar.a.com/x⸡ ⸠foo_bar.a.com⸡ ⸠https://a_b.com⸡'],
    ['bold', '**⸠https://a.com⸡** **⸠https://a.com/x⸡** **⸠a.com⸡**를 **참고: ⸠https://a.com/x⸡**'],
    ['italic and struck', '*⸠https://a.com/x⸡* _⸠https://a.com/x_y⸡_ __⸠a.com⸡__ ~~⸠https://a.com/x⸡~~'],
    [
      'quotes',
      '"⸠https://a.com/x⸡"라고 ‘⸠https://a.com/x⸡’라고 “⸠https://a.com/x⸡”라고 {"url":"⸠https://a.com/x⸡"}',
    ],
    ['Korean', '⸠https://a.com/x⸡를 ⸠https://a.com⸡확인 ⸠a.com:3000/x⸡에서 링크⸠https://a.com⸡'],
    ['Japanese', '⸠https://a.com/x⸡を見て ⸠https://a.com⸡です。⸠https://a.com/x⸡。次 見て⸠https://a.com⸡'],
    ['Chinese', '⸠https://a.com/x⸡请看 ⸠https://a.com⸡请看，⸠https://a.com/x⸡。谢谢 请看⸠https://a.com⸡'],
    ['full-width brackets', '⸠https://a.com/x⸡（설명） 【⸠https://a.com/x⸡】 『⸠https://a.com⸡』'],
    ['a port', '⸠example.com:443⸡ ⸠example.com:3000/x⸡ ⸠https://a.com:8080⸡이에요'],
    [
      'pages named in Japanese and Chinese',
      '⸠https://ja.wikipedia.org/wiki/東京タワー⸡ ⸠https://zh.wikipedia.org/wiki/2024年⸡',
    ],
    ['a path of its own account', '⸠https://medium.com/@foo⸡ ⸠https://a.com/~minji/⸡'],
    [
      'an address in an address',
      '⸠https://web.archive.org/web/2020/https://a.com/x⸡ ⸠https://a.com/?u=https://b.com⸡',
    ],
    ['mailboxes', '문의:⸠minji@a.com⸡ 메일은⸠minji@a.com⸡로 <⸠minji@a.com⸡> ⸠mailto:a@b.com⸡?subject=hi'],
    ['files and numbers', 'main.zip IMG.mov Foo.java 3.am'],
  ])('%s', (_, marked) => {
    expect(mark(marked.replaceAll(/[⸠⸡]/g, ''))).toBe(marked);
  });

  test.each([
    'http://x🍄.ga',
    'x🍄.ga',
    'x🍄y.ga',
    'http://🍄.ga',
    'http://i❤.ws',
    'http://foo..example.com',
    'http://a℀b.com',
    'http://a\u200db.com',
    'http://a.com:99999',
    'http://-a.com',
    '_dmarc.example.com',
    '见example.com',
    'john.me@',
  ])('no part of %s is linked as another host', (text) => {
    expect(linked(text)).toEqual([]);
  });

  test.each([
    ['http://example。com', 'http://example.com'],
    ['http://a．b.com/x', 'http://a.b.com/x'],
    ['http://0x7f.1', 'http://127.0.0.1'],
    ['http://1.2.3', 'http://1.2.0.3'],
    ['http://²2.com', 'http://22.com'],
  ])('%s is shown as the host it leads to', (text, display) => {
    expect(shown(text)).toEqual([display]);
    expect(linked(text)).toEqual([text]);
  });
});

describe('what is shown cannot deceive', () => {
  test.each([
    ['https://аpple.com/x', 'https://xn--pple-43d.com/x', 'Cyrillic among Latin'],
    ['https://аррӏе.com', 'https://xn--80ak6aa92e.com', 'all Cyrillic under .com'],
    ['https://αβγ.com', 'https://xn--mxacd.com', 'all Greek under .com'],
    ['https://gοοgle.com', 'https://xn--ggle-0nda.com', 'Greek omicron'],
    ['https://ノa.jp', 'https://xn--a-wgu.jp', 'Katakana that passes for a slash'],
    ['https://ｅxample.com', 'https://example.com', 'full width'],
    ['https://exa\u200bmple.com/b', 'https://example.com/b', 'zero width in the host'],
    ['https://bank.com／a@evil.com', 'https://bank.com%EF%BC%8Fa@evil.com', 'a slash that is none'],
    ['https://a.com/\u202egpj.exe', 'https://a.com/%E2%80%AEgpj.exe', 'right-to-left override'],
    ['https://a.com/\u3164x', 'https://a.com/%E3%85%A4x', 'Hangul filler'],
  ])('%s is shown as %s: %s', (text, display) => {
    expect(shown(text)).toEqual([display]);
    expect(linked(text)).toEqual([text]);
  });

  test.each(['https://한글.한국', 'https://münchen.de', 'https://日本語.jp', 'https://пример.рф/x'])(
    '%s is honest and stays as written',
    (text) => {
      expect(shown(text)).toEqual([text]);
    },
  );

  test('an account before the host stays in sight', () => {
    expect(links('https://bank.com@evil.com')).toEqual([
      {
        kind: 'link',
        text: 'https://bank.com@evil.com',
        href: 'https://bank.com@evil.com',
        display: 'https://bank.com@evil.com',
      },
    ]);
  });

  test('a mail address cannot smuggle header fields', () => {
    expect(hrefs('mailto:a?bcc=b@example.com')).toEqual(['mailto:a%3Fbcc%3Db@example.com']);
  });
});

describe('whatever is written', () => {
  const bits = fc.constantFrom(
    ...[
      'https://',
      'http://',
      'mailto:',
      'www.',
      'a.com',
      '한글.한국',
      '/',
      '/wiki/',
      '한국어',
      '에서',
      '를',
      '@',
    ],
    ...[
      '(',
      ')',
      '"',
      "'",
      '.',
      ',',
      '?q=',
      '#',
      ':80',
      ' ',
      '\n',
      '~',
      'ㅋㅋ',
      '😀',
      '\u202e',
      '\u200b',
      'а',
      'javascript:',
    ],
    ...['\\', '[', ']', '%', '\ud83d', '-', '_', 'x'],
  );
  const messages = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(bits, { maxLength: 24 }).map((parts) => parts.join('')),
  );

  test('the texts of the parts are the input, and every link is safe', () => {
    fc.assert(
      fc.property(messages, (text) => {
        const parts = splitLinks(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts) {
          expect(part.text).not.toBe('');
          if (part.kind === 'text') continue;
          expect(new URL(part.href).protocol).toMatch(/^(https?|mailto):$/);
          if (!part.href.startsWith('mailto:')) {
            const shownUrl = /^https?:/i.test(part.display) ? part.display : `https://${part.display}`;
            expect(new URL(shownUrl).hostname).toBe(new URL(part.href).hostname);
          }
          expect(part.display).not.toMatch(/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\s]/u);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('addresses that are set directly after one another are all found', () => {
    const text = 'https://a.com/가게,https://b.com/b;http://c.com/은http://d.com/x|https://e.com';
    expect(links(text).map((link) => link.text)).toEqual([
      'https://a.com/가게',
      'https://b.com/b',
      'http://c.com/',
      'http://d.com/x',
      'https://e.com',
    ]);
  });

  test('splitting takes no more than a blink for the longest message', () => {
    const hostile = [
      '(a',
      "'a",
      '([{',
      'a.',
      '@',
      'a@',
      '가.',
      'a.com가',
      'https://',
      '()',
      '!',
      '"',
      'https://a.com/가 ',
      'a.co/x은ㅏ',
      'a.co/xを,',
      'http://a/,은',
      '\u3164',
      '\ufe0f',
      '\u200b',
      '❤',
      'l·',
      'あ・',
      '_a.com',
    ];
    for (const bit of hostile) {
      const text = `https://a.com/${bit.repeat(4000)}`.slice(0, 4000);
      // A runaway expression takes longer than a test may.
      const shown = splitLinks(text).map((part) => part.text);
      expect(shown.join('')).toBe(text);
    }
  });
});
