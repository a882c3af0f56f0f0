import * as z from 'zod';
import type { MetricObservation } from '../../../runtime/ports.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const directiveSchema = z.object({
  Namespace: z.string().min(1),
  Dimensions: z.array(z.array(z.string())),
  Metrics: z.array(z.object({ Name: z.string().min(1), Unit: z.string().optional() })),
});

const entrySchema = z.looseObject({ _aws: z.object({ Timestamp: z.number(), CloudWatchMetrics: z.array(directiveSchema) }) });

type Entry = z.infer<typeof entrySchema>;

const parsed = (line: string): Entry | undefined => {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return undefined;
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

/** The values of a set of dimensions; none when the entry lacks one, of which CloudWatch makes no metric. */
const dimensionsOf = (entry: Entry, names: readonly string[]): readonly Readonly<Record<string, string>>[] => {
  const values = names.flatMap((name): readonly (readonly [string, string])[] => {
    const value = entry[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return values.length === names.length ? [Object.fromEntries(values)] : [];
};

const valuesOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'number');

/** What a printed line makes CloudWatch count: one observation a metric, value and set of dimensions. None where it is no such line. */
export const embeddedMetrics = (line: string): readonly MetricObservation[] => {
  const entry = parsed(line);
  if (entry === undefined) return [];
  const { Timestamp: at, CloudWatchMetrics: directives } = entry._aws;
  return directives.flatMap(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) =>
    metrics.flatMap(({ Name: name, Unit: unit = 'None' }) =>
      sets
        .flatMap((names) => dimensionsOf(entry, names))
        .flatMap((dimensions) => valuesOf(entry[name]).map((value): MetricObservation => ({ namespace, name, dimensions, value, unit, at }))),
    ),
  );
};
