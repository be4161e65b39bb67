import type { BenchPair } from '../data/people.ts';

/** Where a browser measurement takes place: a running server and two people's conversation on it. */
export type Place = {
  baseUrl: string;
  pair: BenchPair;
  /** How many times slower the processor is made, where that is measured; a phone's 4 when unset. */
  slowdown?: number;
  /** A few seconds each, for correctness only: the figures mean nothing. */
  quick: boolean;
};
