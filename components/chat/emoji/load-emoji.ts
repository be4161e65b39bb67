import { type Emoji, readEmojiRows } from '#lib/text/emoji/emoji.ts';
import { keepDrawn } from './drawn-emoji.ts';

let loading: Promise<Emoji[]> | null = null;

/** All emoji that this device can draw; loaded once, and again after a failure. The browser keeps the file for good. */
export function loadEmoji(): Promise<Emoji[]> {
  loading ??= fetchEmoji().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function fetchEmoji(): Promise<Emoji[]> {
  const response = await fetch(new URL('../../../lib/text/emoji/emoji.json', import.meta.url));
  if (!response.ok) throw new Error(`emoji: ${response.status}`);
  return keepDrawn(readEmojiRows(await response.json()));
}
