import { expect, test } from 'vitest';
import { readSwipe, readTurn } from '#components/chat/acting/gestures/touch-gesture.ts';

test('a finger that trembles rests, one that goes right swipes, any other way it leaves the message', () => {
  expect(readTurn(6, -8)).toBe('rest');
  expect(readTurn(24, 6)).toBe('swipe');
  expect(readTurn(-24, 6)).toBe('leave');
  expect(readTurn(12, 30)).toBe('leave');
  expect(readTurn(20, 20)).toBe('leave');
});

test('a message follows a swipe only so far, and a short one is no reply', () => {
  expect(readSwipe(30)).toEqual({ offset: 16, isReply: false });
  expect(readSwipe(90).isReply).toBe(true);
  expect(readSwipe(400).offset).toBe(72);
  expect(readSwipe(-50)).toEqual({ offset: 0, isReply: false });
});
