import { metricNames } from '../contract/metric-names.ts';
import type { LossKind, Losses } from '../domain/shared/losses.ts';
import { createLogger, type Logger } from './logging.ts';
import { countedMetric } from './metric-fields.ts';

/** The metric of each, which has an alarm. */
const metrics = {
  RECORDING_FAILED: metricNames.recordingsFailed,
  SHOW_FAILED: metricNames.showsFailed,
  STRANGER_ON_AIR: metricNames.strangersOnAir,
  STREAM_UNRECORDED: metricNames.streamsUnrecorded,
} as const satisfies Readonly<Record<LossKind, (typeof metricNames)[keyof typeof metricNames]>>;

/** Writes an entry a loss into the function's log, which counts it in the loss's metric. */
export const countedLosses = (log: Pick<Logger, 'error'> = createLogger(), now: () => number = Date.now): Losses => ({
  tell: ({ kind, breakoutId, message }) => log.error('a loss', { kind, breakoutId, loss: message, ...countedMetric(metrics[kind], now) }),
});
