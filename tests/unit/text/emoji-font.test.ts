import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../../app/globals.css', import.meta.url), 'utf8');
const face = /@font-face\s*\{[^}]*"Colour Emoji"[^}]*\}/.exec(css)?.[0] ?? '';
const ranges = [...face.matchAll(/U\+([\da-f]+)(?:-([\da-f]+))?/gi)].map(([, from = '', to = from]) =>
  [from, to].map((code) => Number.parseInt(code, 16)),
);
const isInFont = (char: string) => {
  const code = char.codePointAt(0) ?? 0;
  return ranges.some(([from = 0, to = 0]) => code >= from && code <= to);
};

test('emoji that Unicode shows in colour come from the emoji font, before every text font', () => {
  const missing: string[] = [];
  for (let code = 0; code <= 0x1ffff; code++) {
    const char = String.fromCodePoint(code);
    if (/\p{Emoji_Presentation}/u.test(char) && !isInFont(char)) missing.push(char);
  }
  expect(missing).toEqual([]);
  expect(/--font-sans:\s*"Colour Emoji",/.test(css)).toBe(true);
});

test('digits, letters and signs of text never do', () => {
  for (const char of '0123456789#*©®™가aあ中♥☎✔❤↔') expect(isInFont(char), char).toBe(false);
});
