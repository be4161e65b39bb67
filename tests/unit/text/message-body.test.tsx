import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MessageBody } from '#components/chat/message/message-body.tsx';
import { splitLinks } from '#lib/text/links.ts';

type Props = Parameters<typeof MessageBody>[0];
const render = (props: Props) => renderToStaticMarkup(<MessageBody {...props} />);

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
const textOf = (html: string) =>
  html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? '');
const marked = (html: string) => [...html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs)].map((match) => match[1]);

test('markup in a message is text', () => {
  const html = render({ body: '<img src=x onerror=alert(1)> & <script>alert(1)</script>' });
  expect(html).not.toMatch(/<(img|script)/);
  expect(textOf(html)).toBe('<img src=x onerror=alert(1)> & <script>alert(1)</script>');
});

test('a link opens apart, tells nothing about us, and is isolated from the direction around it', () => {
  const html = render({ body: '봐요 https://example.com/a에서\n끝' });
  expect(html).toContain(
    'href="https://example.com/a" target="_blank" rel="noopener noreferrer nofollow" dir="ltr"',
  );
  expect(textOf(html)).toBe('봐요 https://example.com/a에서\n끝');
});

test('each paragraph takes its own direction', () => {
  expect(render({ body: 'a\n\u202eb' })).toMatch(/^<p dir="auto" class="[^"]*\[unicode-bidi:plaintext\]/);
});

test('emoji alone are large, with words they are not', () => {
  expect(render({ body: '👍🏽' })).toContain('text-emoji');
  expect(render({ body: '👍🏽 네' })).not.toContain('text-emoji');
});

test('marks may cross into a link and out of it', () => {
  const body = 'go https://example.com now';
  const html = render({
    body,
    highlight: [
      [1, 11],
      [18, 24],
    ],
  });
  expect(marked(html)).toEqual(['o ', 'https://', '.com', ' n']);
  expect(textOf(html)).toBe(body);
});

test('ranges that overlap, touch, are empty or reach outside still mark each letter once', () => {
  const html = render({
    body: 'abcdef',
    highlight: [
      [4, 99],
      [-3, 1],
      [2, 3],
      [1, 2],
      [5, 5],
    ],
  });
  expect(marked(html)).toEqual(['abc', 'ef']);
});

test('a hit inside an address that is shown otherwise marks the whole of it', () => {
  const html = render({ body: 'https://аpple.com', highlight: [[9, 11]] });
  expect(marked(html)).toEqual(['https://xn--pple-43d.com']);
});

test('whatever is marked, the words shown are the words sent', () => {
  const range = fc.tuple(fc.integer({ min: -5, max: 70 }), fc.integer({ min: -5, max: 70 }));
  const bodies = fc
    .array(fc.constantFrom('https://a.com/b', '에서', ' ', '<b>', '😀', '\n', '안녕', 'x@y.kr', '&amp;'), {
      maxLength: 10,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(bodies, fc.array(range, { maxLength: 5 }), (body, highlight) => {
      const shown = splitLinks(body).map((part) => (part.kind === 'link' ? part.display : part.text));
      expect(textOf(render({ body, highlight }))).toBe(shown.join(''));
    }),
  );
});
