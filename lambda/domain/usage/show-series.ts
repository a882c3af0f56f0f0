import { convertedJobs } from './converted-jobs.ts';
import type { CamFacts } from './meters/cam-meter.ts';
import { conversionSeries } from './meters/conversion-meter.ts';
import { deliverySeries } from './meters/delivery-meter.ts';
import { runSeries } from './meters/streaming-meter.ts';
import { rawSeries } from './metric-series.ts';
import type { LegFacts, ShowFacts } from './show-facts.ts';
import { endedRun } from './show-lines.ts';
import type { RawSeries } from './usage-line.ts';

const camSeries = ({ scope, input, delivered, deliveredByCountry }: CamFacts): readonly RawSeries[] => [
  rawSeries(`streaming/${scope}input`, input),
  rawSeries(`streaming/${scope}delivered`, delivered),
  ...deliveredByCountry.map(({ country, series }) => rawSeries(`streaming/${scope}delivered/${country}`, series)),
];

const legSeries = ({ packaging, delivery, cam }: LegFacts): readonly RawSeries[] => [
  ...(cam ? camSeries(cam) : []),
  ...(packaging ? [rawSeries(`packaging/${packaging.scope}ingress`, packaging.ingress), rawSeries(`packaging/${packaging.scope}egress`, packaging.egress)] : []),
  ...(delivery ? deliverySeries(delivery) : []),
];

/** The raw series behind the lines of a show that do not accrue: the services' minutes, the logs' hours, runs and conversions. */
export const showSeries = ({ legs, runs, recording }: ShowFacts): readonly RawSeries[] => [
  ...legs.flatMap(legSeries),
  ...runs.flatMap(endedRun).map(runSeries),
  ...convertedJobs(recording).flatMap(conversionSeries),
];
