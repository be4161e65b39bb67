const KEY = 'dandul:recent-emoji';
const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

function readKept(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((emoji) => typeof emoji === 'string') : [];
  } catch {
    return [];
  }
}

/** The six emoji that a bar offers: those used last on this device, then the usual ones. */
export function readRecentEmoji(): string[] {
  return [...new Set([...readKept(), ...USUAL])].slice(0, USUAL.length);
}

/** Puts an emoji first for the next time. */
export function noteEmoji(emoji: string): void {
  const kept = [...new Set([emoji, ...readKept()])].slice(0, USUAL.length);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing offers the usual six.
  }
}
