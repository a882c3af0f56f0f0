/**
 * The value below which `share` (0 to 1) of the samples lie, by the nearest-rank rule.
 * @throws Error when there are no samples.
 */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('there are no samples to take a percentile of');
  return value;
};

/** The middle sample. */
export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
