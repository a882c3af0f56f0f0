import * as z from 'zod';

/** A metric as a widget names it. */
export interface WidgetMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly label: string;
  readonly color: string | undefined;
}

const optionsSchema = z.looseObject({ label: z.string().optional(), color: z.string().optional(), stat: z.string().optional() });

/** `[namespace, name, dimension, value, …, options]`; a dot stands for the same as in the metric before. */
const metricsSchema = z.array(z.array(z.union([z.string(), optionsSchema])).min(2));

const placeSchema = z.looseObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const bodySchema = z.object({
  start: z.string().optional(),
  widgets: z.array(
    z.union([
      placeSchema.extend({ type: z.literal('text'), properties: z.looseObject({ markdown: z.string() }) }),
      placeSchema.extend({
        type: z.literal('metric'),
        properties: z.looseObject({ title: z.string().default(''), view: z.string().default('timeSeries'), stacked: z.boolean().default(false), sparkline: z.boolean().default(false), period: z.number().default(300), stat: z.string().default('Average'), metrics: metricsSchema }),
      }),
    ]),
  ),
});

/** A dashboard's body as CloudWatch keeps it, as far as this reads it. */
export type DashboardBody = z.output<typeof bodySchema>;

export type Widget = DashboardBody['widgets'][number];

export type MetricWidget = Extract<Widget, { type: 'metric' }>;

/** Reads a dashboard's body. Source: CloudWatch API reference, Dashboard Body Structure. @throws Error that names what is not understood */
export const parseDashboardBody = (text: string): DashboardBody => {
  const parsed = bodySchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`the dashboard has something that cannot be drawn: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  return parsed.data;
};

/** The metrics of a widget, in order. */
export const metricsOf = ({ properties }: MetricWidget): readonly WidgetMetric[] => {
  let before: readonly string[] = [];
  return properties.metrics.map((entry) => {
    const words = entry.filter((part) => typeof part === 'string').map((word, index) => (word === '.' ? (before[index] ?? '') : word));
    before = words;
    const options = entry.find((part) => typeof part !== 'string');
    const [namespace = '', name = '', ...rest] = words;
    const dimensions = Object.fromEntries(Array.from({ length: Math.floor(rest.length / 2) }, (_, index) => [rest[index * 2] ?? '', rest[index * 2 + 1] ?? '']));
    return { namespace, name, dimensions, statistic: options?.stat ?? properties.stat, label: options?.label ?? name, color: options?.color };
  });
};
