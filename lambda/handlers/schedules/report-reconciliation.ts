import { metricNames } from '../../contract/metric-names.ts';
import type { PipelineOutcome, Reconciliation } from '../../domain/guards/reconcile.ts';
import type { LogFields, Logger } from '../../platform/logging.ts';
import { countedMetric } from '../../platform/metric-fields.ts';

/** What goes on costing or keeping others out, minute by minute. */
const countedOf = (outcome: PipelineOutcome | undefined): LogFields => {
  if (outcome === 'REPORTED') return countedMetric(metricNames.channelsUnheld);
  return outcome === 'OVERHELD' ? countedMetric(metricNames.pipelinesOverheld) : {};
};

/** Says of each pipeline what was done or went wrong, and counts what alarms go by: that all were compared among them. */
export const reportReconciliation = (log: Logger, done: readonly Reconciliation[]): void => {
  for (const { pipelineId, outcome, error } of done) {
    if (error !== undefined) log.error('a pipeline could not be reconciled', { pipelineId, error });
    else if (outcome === 'NOTHING' || outcome === 'IDLE') log.info('reconciled', { pipelineId, outcome });
    else log.warn('repaired', { pipelineId, outcome, ...countedOf(outcome) });
  }
  if (done.every(({ error }) => error === undefined)) log.info('all pipelines reconciled', { pipelines: done.length, ...countedMetric(metricNames.pipelinesReconciled) });
};
