import { PARTS } from '../../dependency-cruiser.config.ts';
import type { Source } from './cruise-sources.ts';

/** What the picture shows: the folders at the top, and the parts of lib. */
const BOXES: Record<string, RegExp> = {
  'server.ts': /^server[.]ts$/,
  'proxy.ts': /^proxy[.]ts$/,
  app: /^app\//,
  components: /^components\//,
  db: /^db\//,
  ...Object.fromEntries(Object.entries(PARTS).map(([part, path]) => [part, new RegExp(path)])),
};
/** Everything stands on these: arrows to them would hide the rest. */
const GROUND = ['text', 'i18n', 'runtime', 'db'];

const findBox = (file: string) => Object.keys(BOXES).find((box) => BOXES[box]?.test(file));

/**
 * Draws which part imports which as a Mermaid chart, read from the sources. An arrow that follows from others (a to c,
 * where there are a to b and b to c) is left out, and so are those to what everything stands on.
 */
export function drawParts(sources: readonly Source[]): string {
  const arrows = new Map<string, Set<string>>();
  for (const { file, imports } of sources) {
    const from = findBox(file);
    if (!from) continue;
    const targets = arrows.get(from) ?? new Set();
    arrows.set(from, targets);
    for (const { target, isTypeOnly } of imports) {
      const to = findBox(target);
      if (to && to !== from && !isTypeOnly && !GROUND.includes(to)) targets.add(to);
    }
  }
  const shown = [...arrows].filter(([from]) => !GROUND.includes(from)).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = shown.flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && leadsTo(arrows, other, to)))
      .sort()
      .map((to) => `  ${from} --> ${to}`),
  );
  return ['```mermaid', 'flowchart TD', ...lines, '```'].join('\n');
}

function leadsTo(
  arrows: Map<string, Set<string>>,
  from: string,
  to: string,
  seen = new Set<string>(),
): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(arrows.get(from) ?? [])].some((next) => next === to || leadsTo(arrows, next, to, seen));
}

const BEGIN = '<!-- drawn by npm run boundaries -->';
const END = '<!-- end of the picture -->';

/** A document with the picture that it marks the place of replaced. @throws when there is no such place. */
export function putPicture(document: string, picture: string): string {
  const [start, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`no place for the picture between ${BEGIN} and ${END}`);
  return `${document.slice(0, start + BEGIN.length)}\n${picture}\n${document.slice(end)}`;
}
