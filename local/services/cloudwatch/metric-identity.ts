/** What makes a metric: its name and exactly its dimensions. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric in one unit. */
export interface MetricSeries extends MetricIdentity {
  readonly unit: string;
}

/** Identifies a metric, whatever the order in which its dimensions are named. */
export const metricKey = ({ namespace, name, dimensions }: MetricIdentity): string =>
  JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1))]);
