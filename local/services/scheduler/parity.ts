import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'scheduler';

/** How far the service follows AWS. */
export const schedulerParity: readonly ParityNote[] = [
  { subject, item: 'at, rate and cron, end dates, ActionAfterCompletion, retry policies, the role of the target', stance: 'enforced' },
  { subject, item: 'precision', stance: 'inert', reason: 'targets are invoked at once when due; AWS takes up to a minute' },
  { subject, item: 'FlexibleTimeWindow', stance: 'inert', reason: 'targets are invoked at the beginning of the window' },
  { subject, item: 'schedules that were due while the platform was down', stance: 'inert', reason: 'they fire at the next start; AWS is never down for us' },
  { subject, item: 'ScheduleExpressionTimezone other than UTC', stance: 'refused', reason: 'the platform computes in UTC' },
  { subject, item: 'targets other than Lambda, SQS and Step Functions', stance: 'refused', reason: 'the platform uses none' },
];
