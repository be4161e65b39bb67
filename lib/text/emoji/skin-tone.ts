/** The modifiers of skin tones, from light to dark (UTS #51). */
export const SKIN_TONES = ['\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'] as const;
export type SkinTone = (typeof SKIN_TONES)[number];

export const isSkinTone = (value: unknown): value is SkinTone =>
  (SKIN_TONES as readonly unknown[]).includes(value);

const JOINER = '\u200d';
const HANDSHAKE = '🤝';
const takesTone = /^\p{Emoji_Modifier_Base}\uFE0F?$/u;

/** An emoji in a skin tone; in a group of people all have the same. */
export function applySkinTone(emoji: string, tone: SkinTone): string {
  const parts = emoji.split(JOINER);
  return parts
    .map((part) => {
      // Between two people who hold hands the handshake only joins them.
      const isJoint = parts.length > 1 && part === HANDSHAKE;
      return takesTone.test(part) && !isJoint ? part.replace('\uFE0F', '') + tone : part;
    })
    .join(JOINER);
}
