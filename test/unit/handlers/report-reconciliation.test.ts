import { metricNamespace } from '../../../lambda/contract/metric-names.ts';
import { reportReconciliation } from '../../../lambda/handlers/schedules/report-reconciliation.ts';
import type { Reconciliation } from '../../../lambda/domain/guards/reconcile.ts';
import { createLogger } from '../../../lambda/platform/logging.ts';
import { embeddedMetrics } from '../../../local/services/lambda/invocation/embedded-metrics.ts';

beforeAll(() => {
  process.env['METRIC_NAMESPACE'] = metricNamespace('test');
});

const counted = (done: readonly Reconciliation[]): readonly string[] => {
  const lines: string[] = [];
  reportReconciliation(createLogger({}, (line) => lines.push(line)), done);
  return lines.flatMap(embeddedMetrics).map(({ name }) => name);
};

describe('what the reconciler counts', () => {
  it.each<[string, readonly Reconciliation[], readonly string[]]>([
    ['that it came to its end, also of no pipeline', [], ['PipelinesReconciled']],
    ['that all were compared', [{ pipelineId: 'pl_a', outcome: 'NOTHING' }, { pipelineId: 'pl_b', outcome: 'RECOVERED' }, { pipelineId: 'pl_c', outcome: 'KEYED' }], ['PipelinesReconciled']],
    ['a channel that runs for no show', [{ pipelineId: 'pl_a', outcome: 'REPORTED' }], ['ChannelsUnheld', 'PipelinesReconciled']],
    ['a pipeline that is not given back', [{ pipelineId: 'pl_a', outcome: 'OVERHELD' }], ['PipelinesOverheld', 'PipelinesReconciled']],
    ['nothing of the kind where one could not be compared', [{ pipelineId: 'pl_a', outcome: 'IDLE' }, { pipelineId: 'pl_b', error: new Error('throttled') }], []],
  ])('is %s', (_, done, names) => {
    expect(counted(done)).toEqual(names);
  });
});
