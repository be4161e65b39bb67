/** The value that a share `p` (0 to 1) of the samples does not exceed (nearest rank); NaN of none. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

/** The median of some repeats, so that one disturbed repeat decides nothing. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}
