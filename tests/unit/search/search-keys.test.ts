import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conversationKey, messageKeys, pairKeys } from '#lib/text/message-keys.ts';
import { findRanges, foldMessage, foldText, pairsOf, parseQuery } from '#lib/text/search-keys.ts';

const CONVERSATION = '01939c3e-7f5a-7c1d-9b0e-3f6a5d2cfe41';

/** Words in the scripts people write here, with what folding has to bear. */
const word = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'가각힣민지ㅋㅠㅏㄳ'),
      fc.constantFrom(...'abcXYZ09éßİıΣς'),
      fc.constantFrom(
        'ｆ',
        'Ｗ',
        'ｶﾞ',
        'ﾡ',
        '㈜',
        '´',
        'ﬁ',
        '👍🏽',
        '👨‍👩‍👧',
        'ก็',
        '한'.normalize('NFD'),
        'e\u0301',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }).filter((text) => !/[\s\0]/u.test(text)),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));

const graphemes = (value: string) =>
  [...new Intl.Segmenter('ko', { granularity: 'grapheme' }).segment(value)].map(({ segment }) => segment);

function isFound(body: string, query: string) {
  const parsed = parseQuery(query);
  const keys = messageKeys(CONVERSATION, body);
  const text = parsed?.isPhrase ? keys.folded.replaceAll(' ', '') : keys.folded;
  return (
    parsed?.terms.every((term) => text.includes(term)) &&
    pairKeys(parsed.pairs).every((pair) => keys.searchKeys.includes(conversationKey(CONVERSATION) | pair))
  );
}

test('every part of a word with two characters or more finds it, and its place is marked', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (body, from, length) => {
      const all = graphemes(body.normalize('NFC'));
      const start = from % all.length;
      const part = all.slice(start, start + 2 + (length % 6)).join('');
      fc.pre(!part.includes(' ') && parseQuery(part) !== null);
      expect(isFound(body.normalize('NFC'), part)).toBe(true);
      const ranges = findRanges(body.normalize('NFC'), part);
      expect(
        ranges.some(([a, b]) =>
          foldMessage(body.normalize('NFC').slice(a, b)).includes(parseQuery(part)?.terms[0] ?? ''),
        ),
      ).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('ranges lie in the body, in order, apart, and never cut a surrogate pair', () => {
  fc.assert(
    fc.property(text, word, (body, query) => {
      let last = -1;
      for (const [start, end] of findRanges(body, query)) {
        expect(start).toBeGreaterThan(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(body.length);
        expect(body.slice(start, end).isWellFormed()).toBe(true);
        last = end;
      }
    }),
  );
});

test('composed and decomposed text have the same keys', () => {
  fc.assert(
    fc.property(text, (body) => {
      expect(messageKeys(CONVERSATION, body.normalize('NFD'))).toEqual(
        messageKeys(CONVERSATION, body.normalize('NFC')),
      );
    }),
    { numRuns: 300 },
  );
});

test('plain text, which is folded at once, folds as beside other text', () => {
  const plain = fc.string({ unit: fc.constantFrom(...'aZ09 \t\n~!가힣각ㅋㅠㄳ') });
  fc.assert(
    fc.property(plain, (body) => {
      // The circled number is no plain character and folds to the digit.
      expect(`${foldText(body)}1`).toBe(foldText(`${body}①`));
    }),
  );
});

test('pairs hold two code points and no white space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (body) => {
      const isPair = (pair: string) => [...pair].length === 2 && !/\s/u.test(pair) && pair.isWellFormed();
      expect(pairsOf(foldText(body)).filter((pair) => !isPair(pair))).toEqual([]);
    }),
  );
});

test('keys are whole numbers of 32 bits, each once, and those of a conversation lie side by side', () => {
  fc.assert(
    fc.property(fc.uuid(), text, (conversation, body) => {
      const { searchKeys } = messageKeys(conversation, body);
      expect(new Set(searchKeys).size).toBe(searchKeys.length);
      for (const key of searchKeys) {
        expect(key | 0).toBe(key);
        expect(key - conversationKey(conversation)).toBeGreaterThanOrEqual(0);
        expect(key - conversationKey(conversation)).toBeLessThan(2 ** 18);
      }
      expect(messageKeys(conversation.toUpperCase(), body)).toEqual({
        folded: foldMessage(body),
        searchKeys,
      });
    }),
  );
});

test('pairs of syllables and of letters seldom share a key', () => {
  const syllables = [
    ...'가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루',
  ];
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
  const pairs = [syllables, letters].flatMap((all) => all.flatMap((one) => all.map((other) => one + other)));
  // Thrown at random into 2^18 places, some 23 of these 3,400 pairs would share one.
  expect(pairKeys(pairs).length).toBeGreaterThan(pairs.length - 60);
  expect(pairKeys(['ab', 'ba', '😀a', 'a😀', '😀😁'])).toHaveLength(5);
});

test.each([
  ['ＡＢＣ회사', 'abc회'],
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['İstanbul', 'istanbul'.replace('i', 'i\u0307')],
  ['ㅋㅋㅋㅠㅠ', 'ㅠㅠ'],
  ['가을ㅅ', '을ㅅ'],
  ['ｶﾞﾗｽ', 'ガラス'],
  ['안\u200b녕', '안녕'],
  ['밥 먹자', '먹자 밥 '],
  ['사과 세 개만 사 줘', '세 개'],
  ['사과 세 개만 사 줘', '사 줘'],
  ['사과 세개만 사줘', '사 줘'],
  ['사과 세 개만 사 줘', '줘 사과'],
  ['ㅋ ㅋ ㅋ', 'ㅋ ㅋ'],
  ['I’m at Minji’s', "i'm"],
  ["I'm at Minji's", 'minji’s'],
  ['그는 “그래”라고 했어', '"그래"라고'],
  ['그는 그래라고 했어', '“그래라고”'],
  ['İstanbul', 'istanbul'],
  ['istanbul', 'İSTANBUL'],
  ['İİİ', 'iii'],
  ['안녕하세요', '＂안녕＂'],
  ['ＡＢＣ', 'ａｂ'],
])('%s is found by %s', (body, query) => {
  expect(isFound(body, query)).toBe(true);
});

test('a highlight covers the original characters when folding changes their number', () => {
  expect(findRanges('㈜단둘 Straße', '주')).toEqual([]);
  expect(findRanges('㈜단둘 Straße', '(주)단')).toEqual([[0, 2]]);
  expect(findRanges('㈜단둘 Straße', 'sse')).toEqual([[8, 10]]);
  expect(findRanges('한국어'.normalize('NFD'), '국어')).toEqual([[3, '한국어'.normalize('NFD').length]]);
});

test('a query that folding makes longer is looked at as far as any other', () => {
  const [term = ''] = parseQuery('\u2057'.repeat(200))?.terms ?? [];
  expect([...term]).toHaveLength(200);
});

test('a word is marked again only after itself', () => {
  expect(findRanges('aaaaa', 'aa')).toEqual([[0, 4]]);
});

test('a query of less than two characters is none', () => {
  for (const query of ['', ' ', 'a', '가', '"가"', '\0', '\u200b\u200b'])
    expect(parseQuery(query)).toBeNull();
  expect(parseQuery('가 나다')).toEqual({ terms: ['가', '나다'], isPhrase: false, pairs: ['나다'] });
  expect(parseQuery('가 나')).toEqual({ terms: ['가나'], isPhrase: true, pairs: [] });
});

test('single words stand beside each other, not anywhere in the message', () => {
  expect(isFound('개구리 세상', '세 개')).toBe(false);
  expect(isFound('개구리 세상 개미', '세 개')).toBe(false);
});

test('pairs that were stored otherwise before are asked for only where there are no others', () => {
  expect(parseQuery('istanbul')?.pairs).toEqual(['st', 'ta', 'an', 'nb', 'bu', 'ul']);
  expect(parseQuery('is')?.pairs).toEqual(['is']);
  expect(parseQuery("don't")?.pairs).toEqual(['do', 'on']);
  expect(parseQuery("i'm")?.pairs).toEqual([]);
});

test('what is marked is what was written, whatever its folding is as long as', () => {
  const marked = (body: string, query: string) => findRanges(body, query).map(([a, b]) => body.slice(a, b));
  expect(marked('İİ İstanbul’da', 'istanbul')).toEqual(['İstanbul']);
  expect(marked('İİ İstanbul’da', "istanbul'da")).toEqual(['İstanbul’da']);
  expect(marked('I\u0307zmir', 'izmir')).toEqual(['I\u0307zmir']);
  expect(marked('사과 세 개만, 배는 세개', '세 개')).toEqual(['세 개', '세개']);
  expect(marked('👍🏽사 줘👍🏽', '사 줘')).toEqual(['사 줘']);
});

test('hostile input is folded before a test may take no longer', () => {
  expect(messageKeys(CONVERSATION, `e${'\u0301'.repeat(7999)}`).searchKeys.length).toBeGreaterThan(0);
  expect(messageKeys(CONVERSATION, 'ﷺ'.repeat(4000)).searchKeys.length).toBeGreaterThan(0);
  expect(parseQuery('ab '.repeat(100_000))?.terms).toEqual(['ab']);
});
