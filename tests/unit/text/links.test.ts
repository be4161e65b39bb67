import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { linkifier } from '#lib/text/link-rules.ts';
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
          expect(part.display).not.toMatch(/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\s]/u);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the longest message is looked through a few times and not once for each address', () => {
    const match = vi.spyOn(linkifier, 'match');
    for (const bit of [
      'http://a/가,',
      'http://a/,은',
      'https://a.co/x은,',
      'a.co/x은ㅏ',
      'http://a/;',
      'a.co/x은b.co/',
    ]) {
      match.mockClear();
      const text = bit.repeat(4000).slice(0, 4000);
      const parts = splitLinks(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      const read = match.mock.calls.reduce((sum, [read]) => sum + read.length, 0);
      expect(read, bit).toBeLessThan(6 * text.length);
    }
    match.mockRestore();
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
    ];
    for (const bit of hostile) {
      const text = `https://a.com/${bit.repeat(4000)}`.slice(0, 4000);
      // A runaway expression takes longer than a test may.
      const shown = splitLinks(text).map((part) => part.text);
      expect(shown.join('')).toBe(text);
    }
  });
});
