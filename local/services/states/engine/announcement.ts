import type { EventSink, MetricSink } from '../../../runtime/ports.ts';
import type { Execution } from './execution.ts';

/** Where the engine tells what executions do. */
export interface Announcements {
  readonly events: EventSink;
  readonly metrics: MetricSink;
}

const metricOf = { RUNNING: 'ExecutionsStarted', SUCCEEDED: 'ExecutionsSucceeded', FAILED: 'ExecutionsFailed', TIMED_OUT: 'ExecutionsTimedOut', ABORTED: 'ExecutionsAborted' } as const;

/** Emits `Step Functions Execution Status Change` and the metrics of AWS/States for the status that the execution has now. */
export const announceStatus = ({ events, metrics }: Announcements, execution: Execution): void => {
  const { arn, stateMachineArn, name, status, startedAt, stoppedAt, input, output, error, cause } = execution;
  events.emit({
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [arn],
    detail: {
      executionArn: arn, stateMachineArn, stateMachineVersionArn: null, stateMachineAliasArn: null, name, status,
      startDate: startedAt, stopDate: stoppedAt ?? null, input, output: output ?? null, error: error ?? null, cause: cause ?? null,
      inputDetails: { included: true }, outputDetails: output === undefined ? null : { included: true },
      redriveCount: 0, redriveDate: null, redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: null,
    },
  });
  const metric = { namespace: 'AWS/States', dimensions: { StateMachineArn: stateMachineArn } };
  metrics.record({ ...metric, name: metricOf[status], value: 1, unit: 'Count' });
  if (stoppedAt !== undefined) metrics.record({ ...metric, name: 'ExecutionTime', value: stoppedAt - startedAt, unit: 'Milliseconds' });
};
