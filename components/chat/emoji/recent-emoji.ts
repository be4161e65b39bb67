const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏'];
/** How many are kept. */
const MOST_RECENT = 24;

/** A log-out deletes what has the account's name in it (lib/chat-client/outbox/draft-storage.ts). */
const keyOf = (userId: string) => `dandul-emoji:${userId}:`;

function readKept(userId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((emoji) => typeof emoji === 'string') : [];
  } catch {
    return [];
  }
}

/** Those that the person used last on this device, then the usual ones where they are fewer than six. */
export function readRecentEmoji(userId: string): string[] {
  const kept = readKept(userId);
  return [...new Set([...kept, ...USUAL])].slice(0, Math.max(kept.length, USUAL.length));
}

/** The six emoji that a bar offers. */
export const readBarEmoji = (userId: string) => readRecentEmoji(userId).slice(0, USUAL.length);

/** Puts an emoji first for the next time. */
export function noteEmoji(userId: string, emoji: string): void {
  const kept = [...new Set([emoji, ...readKept(userId)])].slice(0, MOST_RECENT);
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing offers the usual ones.
  }
}
