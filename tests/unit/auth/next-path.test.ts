import { expect, test } from 'vitest';
import { sanitizeNextPath, toLoginPath, withNext } from '#lib/auth/login/next-path.ts';

test.each(['/chat/0199-x?m=12', '/settings', '/search?q=%EB%AF%BC', '/chat#end'])('%s is kept', (path) => {
  expect(sanitizeNextPath(path)).toBe(path);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/chat\\..\\evil',
  '/\t/evil.example',
  '/\n/evil.example',
  '/./\\evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'chat',
  '',
  '/login',
  '/signup?next=/signup',
  '/',
  `/${'x'.repeat(3000)}`,
  undefined,
  ['/settings'],
])('%j becomes the chat list', (path) => {
  expect(sanitizeNextPath(path)).toBe('/chat');
});

test('a guest is sent to login with the way back', () => {
  expect(toLoginPath('/chat/abc?m=12')).toBe('/login?next=%2Fchat%2Fabc%3Fm%3D12');
  expect(toLoginPath('/chat')).toBe('/login?next=%2Fchat');
  expect(toLoginPath('//evil.example')).toBe('/login?next=%2Fchat');
  expect(toLoginPath(null)).toBe('/login');
});

test('from one guest page to another the way back is left out where login leads there anyway', () => {
  expect(withNext('/signup', '/chat')).toBe('/signup');
  expect(withNext('/signup', '/settings')).toBe('/signup?next=%2Fsettings');
});
