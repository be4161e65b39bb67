import { afterEach, expect, test, vi } from 'vitest';
import { noteEmoji, readBarEmoji, readRecentEmoji } from '#components/chat/emoji/recent-emoji.ts';

function keep(initial: string | null) {
  let kept = initial;
  vi.stubGlobal('localStorage', {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  });
}
afterEach(() => vi.unstubAllGlobals());

test('a bar offers six emoji, those used last first, each once', () => {
  keep(null);
  const usual = readBarEmoji('me');
  expect(usual).toHaveLength(6);
  expect(readRecentEmoji('me')).toEqual(usual);
  noteEmoji('me', usual[3] as string);
  noteEmoji('me', '🎉');
  expect(readBarEmoji('me').slice(0, 3)).toEqual(['🎉', usual[3], usual[0]]);
  expect(new Set(readBarEmoji('me')).size).toBe(6);
});

test('the picker is given more of them, and not without end', () => {
  keep(null);
  for (let code = 0x1f400; code < 0x1f430; code++) noteEmoji('me', String.fromCodePoint(code));
  expect(readRecentEmoji('me')).toHaveLength(24);
  expect(readRecentEmoji('me')[0]).toBe(String.fromCodePoint(0x1f42f));
});

test('what cannot be read, or kept, leaves the usual six', () => {
  keep('{"no":"list"}');
  expect(readRecentEmoji('me')).toHaveLength(6);
  vi.stubGlobal('localStorage', undefined);
  noteEmoji('me', '🎉');
  expect(readBarEmoji('me')).toHaveLength(6);
});
