import { afterEach, expect, test, vi } from 'vitest';
import { noteEmoji, readRecentEmoji } from '#components/chat/acting/reactions/recent-emoji.ts';

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

test('offers six emoji, those used last first, each once', () => {
  keep(null);
  const usual = readRecentEmoji('me');
  expect(usual).toHaveLength(6);
  noteEmoji('me', usual[3] as string);
  noteEmoji('me', '🎉');
  expect(readRecentEmoji('me').slice(0, 3)).toEqual(['🎉', usual[3], usual[0]]);
  expect(new Set(readRecentEmoji('me')).size).toBe(6);
});

test('what cannot be read, or kept, leaves the usual six', () => {
  keep('{"no":"list"}');
  expect(readRecentEmoji('me')).toHaveLength(6);
  vi.stubGlobal('localStorage', undefined);
  noteEmoji('me', '🎉');
  expect(readRecentEmoji('me')).toHaveLength(6);
});
