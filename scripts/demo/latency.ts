/** A segment that a viewer has got. */
export interface Arrival {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of media that came before it. */
  readonly secondsBefore: number;
}

/**
 * How old a segment's first picture was when the viewer could play it, in seconds: the median of all segments. The stream is
 * seen from its first picture on; where it is not, this is more than it was. NaN where nothing came.
 */
export const latencySeconds = (arrivals: readonly Arrival[], sendsSince: number): number => {
  const ages = arrivals.map(({ at, secondsBefore }) => (at - sendsSince) / 1000 - secondsBefore).toSorted((one, other) => one - other);
  return ages[Math.floor(ages.length / 2)] ?? Number.NaN;
};
