import type { World } from './world.ts';

/** A number that a scenario measured, with what it is compared with. */
export type Figure = {
  what: string;
  value: number;
  /** `/s`, `ms`, `kB`, `MB`, `%`, `s`, or empty for a count. */
  unit: string;
  /** The limit measured in the same run: the ratio of the two is what counts. */
  beside?: { what: string; value: number };
  /** What the ratio (the value itself, where nothing stands beside) should keep to. */
  target?: { atMost: number } | { atLeast: number };
};

export type Settings = {
  /** Every scenario for correctness only, small and in seconds; its figures mean nothing. */
  isSmoke: boolean;
  /** Draws people, texts and words; the same seed draws the same ones. */
  seed: number;
  world: World;
  /** Reports progress, one line at a time. */
  say(line: string): void;
};

/**
 * Measures one side of the product.
 *
 * @throws if something was lost, doubled or refused: a run that went wrong has no figures.
 */
export type Scenario = (settings: Settings) => Promise<Figure[]>;

/** What a figure is judged by: its ratio if it has one, otherwise its value. */
export function toRatio({ value, beside }: Figure): number {
  return beside ? value / beside.value : value;
}

/** True if the figure has no target or meets it. */
export function meetsTarget(figure: Figure): boolean {
  const { target } = figure;
  if (!target) return true;
  return 'atMost' in target ? toRatio(figure) <= target.atMost : toRatio(figure) >= target.atLeast;
}
