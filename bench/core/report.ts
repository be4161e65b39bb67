import type { Machine } from './machine.ts';
import { type Figure, meetsTarget, toRatio } from './types.ts';

export type Result = { scenario: string; figures: Figure[] };

/** The figures as a Markdown table, each with its limit, ratio and target. */
export function toTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ scenario, figures }) =>
    figures.map((figure) => [
      scenario,
      figure.what,
      `${format(figure.value)} ${figure.unit}`.trim(),
      figure.beside ? `${format(figure.beside.value)} ${figure.unit}, ${figure.beside.what}` : '',
      figure.beside ? format(toRatio(figure)) : '',
      describeTarget(figure),
    ]),
  );
  const head = ['scenario', 'what', 'measured', 'beside', 'ratio', 'target'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function toHeading(machine: Machine, seed: number): string {
  const { cpu, cores, memoryGb, system, node, postgres, redis, commit } = machine;
  return [
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}`,
    `Node ${node}, PostgreSQL ${postgres}, Redis ${redis}; commit ${commit}, seed ${seed}`,
  ].join('\n');
}

function describeTarget(figure: Figure): string {
  const { target } = figure;
  if (!target) return '';
  const bound = 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
  return `${bound}: ${meetsTarget(figure) ? 'met' : 'MISSED'}`;
}

/** Rounds to three significant digits. */
function format(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
