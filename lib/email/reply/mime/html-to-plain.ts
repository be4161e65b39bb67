import { compile, type DomNode, type FormatCallback } from 'html-to-text';

/** What mail programs mark as a signature of their own, and what nobody sees. */
const UNSEEN = [
  'div.gmail_signature',
  'span.gmail_signature_prefix',
  'div#Signature',
  'div#signature',
  'div#ms-outlook-mobile-signature',
  'div#composer_signature',
  'div#mail-app-auto-default-signature',
  'div#AppleMailSignature',
  '.moz-signature',
  'head',
  'style',
  'script',
  'template',
  '[style*="display:none"]',
  '[style*="display: none"]',
];
/** Headings and cells of tables as they are written, not in capitals. */
const AS_WRITTEN = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
  selector,
  options: { uppercase: false, leadingLineBreaks: 1, trailingLineBreaks: 1 },
}));

/** An emoji that stands in a mail as a picture; other pictures have no words. */
const formatPicture: FormatCallback = (element: DomNode, _walk, builder) => {
  const alt = String(element.attribs?.alt ?? '');
  if (alt.length <= 20 && /^[\p{RGI_Emoji}]+$/v.test(alt)) builder.addInline(alt);
};

const convert = compile({
  wordwrap: false,
  formatters: { picture: formatPicture },
  selectors: [
    ...UNSEEN.map((selector) => ({ selector, format: 'skip' })),
    { selector: 'img', format: 'picture' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'table', options: { uppercaseHeaderCells: false } },
    ...AS_WRITTEN,
  ],
});

/** Pictures that stand in the HTML itself. */
const DATA_URL = /\bsrc\s*=\s*(["'])data:[^"']*\1/gi;

/** The HTML without pictures that stand in itself, and how many there were: they are files that no part names. */
export function takeOutPictures(html: string): { html: string; count: number } {
  let count = 0;
  const rest = html.replace(DATA_URL, () => {
    count += 1;
    return 'src=""';
  });
  return { html: rest, count };
}

/**
 * The text of an HTML part. Quotations are marked with `>` at each line, as in a plain mail: whether they are
 * ours or the writer's own is decided there.
 */
export const htmlToPlain = (html: string): string => convert(html);

/** The charset that an HTML part names within itself; undefined for none. */
export function findMetaCharset(content: Buffer): string | undefined {
  const head = content.subarray(0, 2_000).toString('latin1');
  return /<meta[^>]{1,200}charset\s*=\s*["']?([\w:-]{2,40})/i.exec(head)?.[1];
}
