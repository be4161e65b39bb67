import english from 'emojibase-data/en/data.json' with { type: 'json' };
import emojibaseCodes from 'emojibase-data/en/shortcodes/emojibase.json' with { type: 'json' };
import githubCodes from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' };
import korean from 'emojibase-data/ko/data.json' with { type: 'json' };
import type { EmojiRow } from '#lib/text/emoji/emoji.ts';
import { applySkinTone, SKIN_TONES } from '#lib/text/emoji/skin-tone.ts';

const IS_EMOJI = /^\p{RGI_Emoji}$/v;
/** Emojibase's group of skin tones and hair, which are no emoji of their own. */
const COMPONENTS = 2;

type Described = { hexcode: string; label: string; tags?: string[] };
type Codes = Record<string, string | string[] | undefined>;

/** As Unicode recommends it for general interchange: Emojibase puts a selector behind some that need none. */
const qualify = (emoji: string) => [emoji, emoji.replace(/\uFE0F$/, '')].find((text) => IS_EMOJI.test(text));

/** GitHub's come first, as people know them. Two letters stand for a country only where GitHub has them do so. */
function codesOf(hexcode: string): string[] {
  const [github = [], others = []] = [githubCodes, emojibaseCodes].map((codes: Codes) =>
    [codes[hexcode] ?? []].flat(),
  );
  return [...new Set([...github, ...others.filter((code) => !/^(flag_)?[a-z]{2}$/.test(code))])];
}

/** The keywords that say more than the name does, without the two letters of countries, which begin many words. */
function keywordsOf({ label, tags = [] }: Described): string {
  const name = label.toLowerCase();
  const said = new Set([name, ...name.split(' ')]);
  return tags.filter((tag) => !said.has(tag.toLowerCase()) && !/^[A-Z]{2}$/.test(tag)).join('|');
}

/** Every emoji that the server accepts, in Unicode's order, without its forms in skin tones. */
export function makeEmojiRows(): EmojiRow[] {
  const koreanOf = new Map(korean.map((emoji) => [emoji.hexcode, emoji]));
  return english
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .flatMap((emoji): EmojiRow[] => {
      const char = qualify(emoji.emoji);
      const inKorean = koreanOf.get(emoji.hexcode);
      if (!char || !inKorean || emoji.group === undefined) return [];
      const hasTones =
        emoji.skins !== undefined && SKIN_TONES.every((tone) => IS_EMOJI.test(applySkinTone(char, tone)));
      return [
        [
          char,
          emoji.group < COMPONENTS ? emoji.group : emoji.group - 1,
          emoji.version,
          hasTones ? 1 : 0,
          codesOf(emoji.hexcode).join(' '),
          inKorean.label,
          keywordsOf(inKorean),
          emoji.label,
          keywordsOf(emoji),
        ],
      ];
    });
}
