import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { renderMessagesMail } from '#lib/email/content/render.ts';
import { MAX_TEXTS, splitTexts } from '#lib/email/messages/fit-texts.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';

const ID = '01940000-0000-7000-8000-000000000001';
/** Where Gmail cuts a mail off. */
const GMAIL_BYTES = 102_000;

beforeAll(() => {
  envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40), APP_URL: 'https://chat.example.com' }));
});

const piece = fc.constantFrom(
  '가',
  'a',
  '"',
  '&',
  '\n',
  ' https://example.org/a?b=1&c=2 ',
  '👩‍👩‍👧',
  'naver.com ',
);
const body = fc
  .tuple(piece, fc.integer({ min: 1, max: 4000 }))
  .map(([text, length]) => `x${text.repeat(length)}`.slice(0, 4000));
const toTexts = (bodies: string[]) =>
  bodies.map((text, index) => ({
    seq: index + 1,
    body: text,
    run: 0,
    ownTextBefore: null,
    answered: index % 3 ? null : { body: text, isReaders: index % 2 === 0 },
    isForwarded: true,
  }));

test('whatever is said, each text is in exactly one mail, in order, and no mail is cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 120 }), async (bodies) => {
      const texts = toTexts(bodies);
      const mails = splitTexts(texts);
      expect(mails.flat()).toEqual(texts);
      for (const shown of mails) {
        expect(shown.length).toBeLessThanOrEqual(MAX_TEXTS);
        const { html } = await renderMessagesMail({
          mailId: ID,
          conversationId: ID,
          recipientId: ID,
          locale: 'ko',
          senderName: 'minji',
          ownTextBefore: '가'.repeat(500),
          texts: shown,
          isContinued: true,
        });
        expect(Buffer.byteLength(html)).toBeLessThan(GMAIL_BYTES);
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('short texts share a mail, and full-length Korean ones take few mails', () => {
  const toPlain = (bodies: string[]) =>
    toTexts(bodies).map((text) => ({
      ...text,
      answered: null,
      isForwarded: false,
    }));
  expect(splitTexts(toPlain(Array(MAX_TEXTS).fill('네')))).toHaveLength(1);
  expect(splitTexts(toPlain(Array(30).fill('가'.repeat(4000))))).toHaveLength(5);
  expect(splitTexts([])).toEqual([]);
});

test('texts on both sides of what another mail covers stand in two mails', () => {
  const texts = [1, 2, 7, 8].map((seq) => ({
    seq,
    body: 'text',
    run: seq > 5 ? 1 : 0,
    ownTextBefore: null,
    answered: null,
    isForwarded: false,
  }));
  expect(splitTexts(texts)).toEqual([texts.slice(0, 2), texts.slice(2)]);
});
