const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

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

/** The six emoji that a bar offers: those that the person used last on this device, then the usual ones. */
export function readRecentEmoji(userId: string): string[] {
  return [...new Set([...readKept(userId), ...USUAL])].slice(0, USUAL.length);
}

/** Puts an emoji first for the next time. */
export function noteEmoji(userId: string, emoji: string): void {
  const kept = [...new Set([emoji, ...readKept(userId)])].slice(0, USUAL.length);
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing offers the usual six.
  }
}
