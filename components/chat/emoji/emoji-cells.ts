import { EMOJI_GROUPS, type Emoji } from '#lib/text/emoji/emoji.ts';
import { applySkinTone, type SkinTone } from '#lib/text/emoji/skin-tone.ts';

/** One emoji on the screen, and what it is called. */
export type EmojiCell = { char: string; name: string };
export type GroupName = (typeof EMOJI_GROUPS)[number] | 'recent' | 'found';
export type EmojiGroup = { name: GroupName; cells: EmojiCell[] };

export type Language = 'ko' | 'en';
type View = { language: Language; tone: SkinTone | null };

/** An emoji in the skin tone that was chosen. */
export const inTone = ({ char, hasTones }: Emoji, tone: SkinTone | null) =>
  hasTones && tone ? applySkinTone(char, tone) : char;

export function toCell(emoji: Emoji, { language, tone }: View): EmojiCell {
  return { char: inTone(emoji, tone), name: emoji.names[language] };
}

const plain = (char: string) => char.replace(/\p{Emoji_Modifier}|\ufe0f/gu, '');

/** Those used last, as they were used, then Unicode's groups. */
export function groupEmoji(all: readonly Emoji[], recent: readonly string[], view: View): EmojiGroup[] {
  const nameOf = new Map(all.map(({ char, names }) => [plain(char), names[view.language]]));
  const recentCells = recent.flatMap((char) => {
    const name = nameOf.get(plain(char));
    return name ? [{ char, name }] : [];
  });
  const groups = EMOJI_GROUPS.map((name, group) => ({
    name,
    cells: all.filter((emoji) => emoji.group === group).map((emoji) => toCell(emoji, view)),
  }));
  return [{ name: 'recent' as const, cells: recentCells }, ...groups].filter(({ cells }) => cells.length > 0);
}
