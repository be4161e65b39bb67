import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { paperColors } from '#lib/theme.ts';

const css = readFileSync(new URL('../../../app/globals.css', import.meta.url), 'utf8');
const schemes = ['light', 'dark'] as const;
const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** Relative luminance, WCAG 2.2. */
function getLuminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function getContrast(scheme: 'light' | 'dark', a: string, b: string): number {
  const [one, other] = [a, b].map((name) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`no colour token ${name}`);
    return getLuminance(token[scheme]);
  }) as [number, number];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const grounds = ['paper', 'raised', 'wash', 'press', 'persimmon-soft', 'celadon-soft', 'danger-soft'];
const texts = ['ink', 'muted', 'persimmon-ink', 'celadon-ink', 'danger'];
const marks = ['persimmon', 'celadon', 'danger', 'edge'];

test.each(schemes)('text is legible on every ground in %s', (scheme) => {
  for (const text of texts) {
    for (const ground of grounds) {
      expect(getContrast(scheme, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test.each(schemes)('words on filled controls, marks and avatars are legible in %s', (scheme) => {
  const pairs: Array<[string, string]> = [
    ...['persimmon', 'celadon', 'danger'].map((fill): [string, string] => [`on-${fill}`, fill]),
    ['on-persimmon', 'persimmon-deep'],
    ['on-danger', 'danger-deep'],
    ['ink', 'mark'],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, string] => [`avatar-${n}-ink`, `avatar-${n}`]),
  ];
  for (const [text, ground] of pairs) {
    expect(getContrast(scheme, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(schemes)('marks and the edges of controls can be made out in %s', (scheme) => {
  for (const mark of marks) {
    for (const ground of grounds) {
      expect(getContrast(scheme, mark, ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test('the browser bars have the colour of the paper', () => {
  expect(tokens.get('paper')).toEqual(paperColors);
});
