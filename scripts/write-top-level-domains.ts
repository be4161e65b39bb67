/**
 * Writes lib/text/links/top-level-domain-list.ts from the package `tlds`, which follows IANA's list.
 * Run it after the package has been updated: `node scripts/write-top-level-domains.ts`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tlds from 'tlds' with { type: 'json' };
import { packWords } from '#lib/text/links/packed-words.ts';

const target = fileURLToPath(new URL('../lib/text/links/top-level-domain-list.ts', import.meta.url));
writeFileSync(
  target,
  `/** IANA's top-level domains as packWords writes them; made by scripts/write-top-level-domains.ts. */
// biome-ignore format: one word of many letters
export const PACKED_TOP_LEVEL_DOMAINS =
  '${packWords(tlds)}';
`,
);
