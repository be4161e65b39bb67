import { expect, test } from 'vitest';
import { decodeText, parseEnvFile } from '#lib/settings/env-file.ts';

const text = 'SMTP_URL=smtp://mail.example.com:25\nEMAIL_FROM="단둘 <chat@example.com>"\n';
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
const utf16 = (value: string) => Buffer.from(value, 'utf16le');

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16 as Windows saves it', utf16(`\ufeff${text}`)],
  ['UTF-16 the other way round', swapped(utf16(`\ufeff${text}`))],
  ['UTF-16 without a mark', utf16(text)],
  ['UTF-16 the other way round without a mark', swapped(utf16(text))],
  ['carriage returns before line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['carriage returns alone', Buffer.from(text.replaceAll('\n', '\r'))],
  ['export before each name', Buffer.from(text.replaceAll(/^(?=\w)/gm, 'export '))],
  ['blanks around what matters', Buffer.from(text.replaceAll('=', ' = ').replaceAll(/^/gm, '  '))],
])('a file of %s keeps its first setting and all others', (_, bytes) => {
  expect(parseEnvFile(decodeText(bytes))).toEqual({
    values: { SMTP_URL: 'smtp://mail.example.com:25', EMAIL_FROM: '단둘 <chat@example.com>' },
    warnings: [],
  });
});

test.each([
  ['A=b # comment', 'b', false],
  ['A=b# part', 'b# part', true],
  ['A=pa#ss', 'pa#ss', true],
  ['A=pa#ss # comment', 'pa#ss', true],
  ['A=smtp://u:pa#ss@host:25', 'smtp://u:pa#ss@host:25', true],
  [`A=it's#one`, `it's#one`, true],
  [`A="pa#ss" # comment`, 'pa#ss', false],
  [`A='pa#ss'`, 'pa#ss', false],
  ['export A=pa#ss', 'pa#ss', true],
  ['A= # comment', '', false],
  ['A=#comment', '', false],
  ['# A=pa#ss\nA=b', 'b', false],
])('%j sets %j', (line, value, isTold) => {
  const { values, warnings } = parseEnvFile(line);
  expect(values).toEqual({ A: value });
  expect(warnings).toEqual(isTold ? [expect.stringMatching(/^A in \.env: # is taken as a part/)] : []);
});

test('a name that stands twice is told, and the last one counts', () => {
  expect(parseEnvFile('PORT=1\nHOST=a\nPORT=2\n')).toEqual({
    values: { PORT: '2', HOST: 'a' },
    warnings: ['PORT stands in .env more than once; the last one counts.'],
  });
});

test('a value in another encoding is told', () => {
  const { warnings } = parseEnvFile(decodeText(Buffer.from([...Buffer.from('EMAIL_FROM='), 0xb4, 0xdc])));
  expect(warnings).toEqual([expect.stringMatching(/EMAIL_FROM .*save the file as UTF-8/)]);
});

test('an empty file sets nothing', () => {
  expect(parseEnvFile(decodeText(Buffer.alloc(0)))).toEqual({ values: {}, warnings: [] });
});
