import { expect, test } from 'vitest';
import { normalizeBody, stripBidiControls } from '#lib/text/normalize.ts';

test('every control that reorders text is removed', () => {
  const controls = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
  expect(stripBidiControls(`민${controls}지`)).toBe('민지');
});

test('right-to-left letters and emoji joiners stay', () => {
  expect(stripBidiControls('שלום مرحبا 👨‍👩‍👧')).toBe('שלום مرحبا 👨‍👩‍👧');
});

test('a body is composed and trimmed, and keeps what is inside', () => {
  expect(normalizeBody(' \n\u1100\u1161  나\n다\u3000')).toBe('가  나\n다');
});
