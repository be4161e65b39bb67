import { isSkinTone, type SkinTone } from '#lib/text/emoji/skin-tone.ts';

/** A log-out deletes what has the account's name in it (lib/chat-client/outbox/draft-storage.ts). */
const keyOf = (userId: string) => `dandul-emoji-tone:${userId}:`;

/** The skin tone that the person chose on this device; null is none. */
export function readSkinTone(userId: string): SkinTone | null {
  try {
    const kept = localStorage.getItem(keyOf(userId));
    return isSkinTone(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a skin tone for the next time. */
export function keepSkinTone(userId: string, tone: SkinTone | null): void {
  try {
    if (tone) localStorage.setItem(keyOf(userId), tone);
    else localStorage.removeItem(keyOf(userId));
  } catch {
    // A browser that keeps nothing asks again.
  }
}
