/**
 * Writes lib/text/emoji/emoji.json from the package `emojibase-data`: names and keywords of Unicode's CLDR in Korean and
 * English, and the shortcodes of GitHub and Emojibase. Run it after the package has been updated:
 * `node scripts/write-emoji.ts`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeEmojiRows } from './emoji/make-emoji-rows.ts';

const rows = makeEmojiRows().map((row) => JSON.stringify(row));
writeFileSync(
  fileURLToPath(new URL('../lib/text/emoji/emoji.json', import.meta.url)),
  `[\n${rows.join(',\n')}\n]\n`,
);
