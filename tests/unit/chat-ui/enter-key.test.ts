import { expect, test } from 'vitest';
import { readEnter } from '#components/chat/composer/enter-key.ts';

const press = { shiftKey: false, isComposing: false, keyCode: 13, isTouch: false, composition: '' };

test('Enter sends; with Shift, and on a touch device, it breaks the line', () => {
  expect(readEnter(press)).toBe('send');
  expect(readEnter({ ...press, shiftKey: true })).toBe('leave');
  expect(readEnter({ ...press, isTouch: true })).toBe('leave');
});

test('while a Hangul syllable composes, Enter sends once it is in the box', () => {
  const composing = { ...press, isComposing: true, composition: '한' };
  expect(readEnter(composing)).toBe('send-after-composition');
  expect(readEnter({ ...composing, keyCode: 229 })).toBe('send-after-composition');
  expect(readEnter({ ...composing, composition: 'ㅋ' })).toBe('send-after-composition');
});

test('in Safari the syllable is in the box before the key is told of', () => {
  expect(readEnter({ ...press, keyCode: 229, composition: '한' })).toBe('send');
});

test('Enter that picks a candidate of another script sends nothing', () => {
  expect(readEnter({ ...press, isComposing: true, keyCode: 229, composition: 'にほん' })).toBe('leave');
  expect(readEnter({ ...press, isComposing: true, keyCode: 229, composition: 'nihao' })).toBe('leave');
});
