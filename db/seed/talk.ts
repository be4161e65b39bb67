import type { Locale } from '#lib/i18n/config.ts';
import { DIALOGUES, WORDS } from './phrases.ts';
import type { Random } from './random.ts';

/** One line of a conversation: which of the two speaks, what, and how long after the line before. */
export type Line = { speaker: 0 | 1; body: string; pauseSeconds: number };

/** Now and then somebody leans on a key; a line of this shape tests every layout. */
const LONG_WORDS = [
  'ㅋ'.repeat(120),
  `${'와'.repeat(60)}!!!`,
  'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4),
];

/** A conversation of exactly `count` messages, made of dialogues with hours between them. */
export function makeTalk(random: Random, count: number, locale: Locale): Line[] {
  const lines: Line[] = [];
  while (lines.length < count) {
    const language = random.chance(0.9) ? locale : locale === 'ko' ? 'en' : 'ko';
    lines.push(...makeDialogue(random, language));
    if (random.chance(0.02)) {
      lines.push({ speaker: random.pick([0, 1]), body: random.pick(LONG_WORDS), pauseSeconds: 8 });
    }
  }
  return lines.slice(0, count);
}

function makeDialogue(random: Random, language: Locale): Line[] {
  const opener = random.pick([0, 1] as const);
  const words: Record<string, string> = { n: String(random.between(2, 12)) };
  for (const [name, list] of Object.entries(WORDS[language])) words[name] = random.pick<string>(list);
  const lines: Line[] = [];
  for (const part of random.pick(DIALOGUES[language]).split(/\n(?=[<>] )/)) {
    const body = fill(random, part.slice(2), words);
    // A choice may come out empty; nobody sends that.
    if (!body) continue;
    lines.push({
      speaker: part.startsWith('>') ? opener : opener === 0 ? 1 : 0,
      body,
      pauseSeconds: lines.length === 0 ? random.between(1_200, 28_800) : random.between(4, 150),
    });
  }
  return lines;
}

function fill(random: Random, text: string, words: Record<string, string>): string {
  return text
    .replace(/\[([^\]]*)\]/g, (_, choices: string) => random.pick(choices.split('|')))
    .replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')
    .trim();
}
