/** One emoji as emoji.json has it, which scripts/write-emoji.ts makes; keywords are joined by `|`. */
export type EmojiRow = [
  char: string,
  group: number,
  version: number,
  hasTones: 0 | 1,
  shortcodes: string,
  nameKo: string,
  keywordsKo: string,
  nameEn: string,
  keywordsEn: string,
];

/** One emoji to choose. */
export type Emoji = {
  char: string;
  /** Its place in `EMOJI_GROUPS`. */
  group: number;
  /** The version of Emoji that it came with. */
  version: number;
  hasTones: boolean;
  shortcodes: string[];
  names: { ko: string; en: string };
  /** What it is called, one a line. */
  titles: string;
  /** What else it is found by, one a line. */
  keywords: string;
};

/** Unicode's groups, in its order. */
export const EMOJI_GROUPS = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;

/** Reads what emoji.json has. */
export function readEmojiRows(rows: readonly EmojiRow[]): Emoji[] {
  return rows.map(([char, group, version, hasTones, codes, nameKo, keywordsKo, nameEn, keywordsEn]) => {
    const shortcodes = codes.split(' ').filter(Boolean);
    return {
      char,
      group,
      version,
      hasTones: hasTones === 1,
      shortcodes,
      names: { ko: nameKo, en: nameEn },
      titles: [nameKo, nameEn, ...shortcodes, char].join('\n').toLowerCase(),
      keywords: `${keywordsKo}|${keywordsEn}`.replaceAll('|', '\n').toLowerCase(),
    };
  });
}
