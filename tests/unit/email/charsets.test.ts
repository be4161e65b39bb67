import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeBytes } from '#lib/email/reply/mime/decode-bytes.ts';
import { decodeHeader, readParameters } from '#lib/email/reply/mime/decode-header.ts';

const SYLLABLES = Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index)).join('');
const KOREAN = iconv.encode(SYLLABLES, 'cp949');
/** The 2,350 syllables of KS X 1001, which ISO-2022-KR has. */
const COMMON = [...SYLLABLES]
  .filter((letter) => iconv.encode(letter, 'cp949').every((byte) => byte > 0xa0))
  .join('');
const SHIFTED = Buffer.from(iconv.encode(COMMON, 'cp949').map((byte) => byte & 0x7f));

test.each([
  ...[
    'ks_c_5601-1987',
    'KS_C_5601-1989',
    'ksc5601',
    'KSC_5601',
    'euc-kr',
    'EUC_KR',
    'x-euc-kr',
    'cp949',
    'CP-949',
  ],
  ...['ms949', 'MS_949', 'x-windows-949', 'windows-949', 'uhc', 'korean', 'cseuckr', 'iso-ir-149'],
])('every syllable comes through the label %s', (label) => {
  expect(decodeBytes(KOREAN, label)).toEqual({ text: SYLLABLES, isDamaged: false });
});

test.each(['', 'us-ascii', 'iso-8859-1', 'utf-8', 'unknown-8bit', 'x-nonsense'])(
  'and is guessed under the label "%s", which does not fit',
  (label) => {
    const text = '그렇게 됬어요. 뷁 펲시\n둘째 줄';
    expect(decodeBytes(iconv.encode(text, 'cp949'), label)).toEqual({ text, isDamaged: false });
    expect(decodeBytes(Buffer.from(text), label)).toEqual({ text, isDamaged: false });
    expect(decodeBytes(iconv.encode('네', 'cp949'), label).text).toBe('네');
  },
);

test.each(['iso-2022-kr', 'csISO2022KR', '', 'us-ascii'])(
  'ISO-2022-KR is read under the label "%s"',
  (label) => {
    const bytes = Buffer.concat([Buffer.from('\u001b$)C\nab \u000e'), SHIFTED, Buffer.from('\u000f cd')]);
    expect(decodeBytes(bytes, label).text.trim()).toBe(`ab ${COMMON} cd`);
  },
);

test.each([
  ['iso-2022-jp', '\u001b$B$O$$\u001b(B', 'はい'],
  ['shift_jis', iconv.encode('はい①', 'cp932'), 'はい①'],
  ['euc-jp', iconv.encode('日本語です', 'euc-jp'), '日本語です'],
  ['gb2312', iconv.encode('你好镕', 'gbk'), '你好镕'],
  ['big5', iconv.encode('中文回覆', 'big5'), '中文回覆'],
  ['koi8-r', iconv.encode('Да', 'koi8-r'), 'Да'],
  ['windows-1251', iconv.encode('Да', 'win1251'), 'Да'],
  ['iso-8859-1', iconv.encode('Ça va très bien, déjà là', 'latin1'), 'Ça va très bien, déjà là'],
  ['', iconv.encode('Ça va très bien, merci', 'latin1'), 'Ça va très bien, merci'],
  ['utf-8', '\ufeff비오엠', '비오엠'],
  ['euc-kr', '\ufeff비오엠', '비오엠'],
  ['utf-16le', iconv.encode('안녕', 'utf-16le'), '안녕'],
  ['utf-7', '+xUixVQ-', '안녕'],
])('%s', (label, bytes, text) => {
  const given = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  expect(decodeBytes(given, label)).toEqual({ text, isDamaged: false });
});

test('what no charset fits is damaged, and is never passed off as text', () => {
  const broken = Buffer.concat([Buffer.from('한글'), Buffer.from([0xff, 0xfe, 0x81])]);
  for (const label of ['utf-8', 'johab', '']) {
    expect(decodeBytes(broken, label)).toMatchObject({ isDamaged: true });
    expect(decodeBytes(broken, label).text).toContain('\ufffd');
  }
  expect(decodeBytes(Buffer.from('잃은 글자 표시 \ufffd'), 'utf-8').isDamaged).toBe(false);
});

const encode = (text: string, label = 'cp949') => iconv.encode(text, label).toString('base64');

test('words of a header are read by the same table, over breaks in the middle of a letter', () => {
  expect(decodeHeader(`=?ks_c_5601-1987?B?${encode('됬어요 펲시')}?= <a@b>`)).toBe('됬어요 펲시 <a@b>');
  const bytes = iconv.encode('계획서.pdf', 'cp949');
  const [head, tail] = [bytes.subarray(0, 3), bytes.subarray(3)].map((part) => part.toString('base64'));
  expect(decodeHeader(`=?EUC-KR?B?${head}?=\t=?euc-kr?B?${tail}?=`)).toBe('계획서.pdf');
  expect(decodeHeader('=?UTF-8?Q?=EC=95=88_a?=')).toBe('안 a');
  expect(decodeHeader(iconv.encode('날것', 'cp949').toString('latin1'))).toBe('날것');
});

test.each([
  ['in an encoded word', `attachment; filename="=?EUC-KR?B?${encode('계획서.pdf')}?="`],
  ['by RFC 2231', "attachment; filename*=euc-kr'ko'%B0%E8%C8%B9%BC%AD.pdf"],
  ['in pieces', "attachment; filename*0*=utf-8''%EA%B3%84%ED%9A; filename*1*=%8D%EC%84%9C; filename*2=.pdf"],
  ['beside a plain copy', 'attachment; filename="x.pdf"; filename*=UTF-8\'\'%EA%B3%84%ED%9A%8D%EC%84%9C.pdf'],
  ['raw', iconv.encode('attachment; filename="계획서.pdf"', 'cp949').toString('latin1')],
  ['raw in UTF-8', Buffer.from('attachment; filename="계획서.pdf"').toString('latin1')],
])('a file name is read %s', (_, header) => {
  expect(readParameters(header)).toEqual({
    value: 'attachment',
    parameters: new Map([['filename', '계획서.pdf']]),
  });
});
