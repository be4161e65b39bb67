import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import GlobalError from '#app/global-error.tsx';
import { common as en } from '#lib/i18n/en/common.ts';
import { common as ko } from '#lib/i18n/ko/common.ts';

afterEach(() => vi.unstubAllGlobals());

function renderWith(cookie: string, languages: string[]) {
  vi.stubGlobal('document', { cookie });
  vi.stubGlobal('navigator', { languages });
  return renderToStaticMarkup(<GlobalError error={Object.assign(new Error('x'), { digest: '42' })} />);
}

test('the last-resort page speaks the language that was chosen, in the colours that were chosen', () => {
  const html = renderWith('a=1; dandul.locale=ko; dandul.theme=dark', ['en-US']);
  expect(html).toContain('lang="ko" data-theme="dark"');
  expect(html).toContain(ko.error.title);
  expect(html).toContain(ko.retry);
  expect(html).toContain('42');
});

test('without a choice it follows the browser', () => {
  expect(renderWith('', ['ko-KR', 'en'])).toContain(ko.error.title);
  const html = renderWith('dandul.locale=xx; dandul.theme=pink', ['fr']);
  expect(html).toContain(en.error.title);
  expect(html).toContain('data-theme="system"');
});

test('the cause of an error is not shown to people', () => {
  vi.stubGlobal('document', { cookie: '' });
  expect(renderToStaticMarkup(<GlobalError error={new Error('secret detail')} />)).not.toContain(
    'secret detail',
  );
});
