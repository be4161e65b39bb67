import { expect, test } from 'vitest';
import { foldEmail, foldUsername } from '#lib/text/fold.ts';

test.each([
  ['MINJI', 'minji'],
  ['ｍｉｎｊｉ', 'minji'],
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['민지', '민지'.normalize('NFD')],
])('%s and %s are one name', (a, b) => {
  expect(foldUsername(a)).toBe(foldUsername(b));
});

test('folding twice changes nothing more, for any character, alone or with a mark', () => {
  const unstable: string[] = [];
  for (let code = 0; code < 0x1_0000; code += 1) {
    const char = String.fromCodePoint(code);
    for (const text of [char, `${char}\u0345`]) {
      const folded = foldUsername(text);
      if (foldUsername(folded) !== folded) unstable.push(code.toString(16));
    }
  }
  expect(unstable).toEqual([]);
});

test('an address is one whether its domain is written in Unicode or as servers know it', () => {
  expect(foldEmail('Minji@예시.한국')).toBe('minji@xn--vv4b11d.xn--3e0b707e');
  expect(foldEmail('minji＠예시。한국')).toBe(foldEmail('MINJI@XN--VV4B11D.xn--3e0b707e'));
  // Two domains, though folding a letter makes them one.
  expect(foldEmail('a@straße.de')).not.toBe(foldEmail('a@strasse.de'));
});

test('an address is one whatever its case and surrounding spaces', () => {
  expect(foldEmail(' Minji@Example.COM ')).toBe('minji@example.com');
});
