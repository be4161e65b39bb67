import { expect, test } from 'vitest';
import { titleOf } from '#components/chat/frame/title-of.ts';

test('the title says the product, and in a conversation the partner', () => {
  expect(titleOf('단둘', null)).toBe('단둘');
  expect(titleOf('단둘', '')).toBe('단둘');
});

test('a name that is written from right to left stays by itself in the title', () => {
  expect(titleOf('Dandul', 'שלום_1')).toBe('Dandul · \u2068שלום_1\u2069');
});
