import { htmlToText } from 'html-to-text';

/** What mail programs wrap the quoted mail in: Gmail, Yahoo, Apple Mail, Thunderbird, Outlook, Naver, Kakao. */
const QUOTES = [
  'blockquote',
  'div.gmail_quote',
  'div.gmail_quote_container',
  'div.yahoo_quoted',
  'div.moz-cite-prefix',
  'div#appendonsend',
  'div#divRplyFwdMsg',
  'div#mail-editor-reference-message-container',
  'div.OutlookMessageHeader',
  'div.ms-outlook-mobile-reference-message',
  'div.naver_quote',
  'div.quote_content',
  'div.daum_quote',
  'div.gmail_signature',
  'div.gmail_attr',
  'div#Signature',
  'div#ms-outlook-mobile-signature',
  'style',
  'script',
];
/** Longest HTML that is read, in characters; a reply's own words come first. */
const HTML_LIMIT = 500_000;

/** The text of a reply that came as HTML alone, without what its program marked as quoted. */
export function htmlToPlain(html: string): string {
  return htmlToText(html.slice(0, HTML_LIMIT), {
    wordwrap: false,
    selectors: [
      ...QUOTES.map((selector) => ({ selector, format: 'skip' })),
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ],
  });
}
