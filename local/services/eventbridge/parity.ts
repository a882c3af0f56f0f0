import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'events';

/** How far the service follows AWS. */
export const eventBridgeParity: readonly ParityNote[] = [
  { subject, item: 'event patterns, input paths and templates, retry policies, dead-letter queues, rates and cron', stance: 'enforced' },
  { subject, item: 'delivery about a second after the event, divided by the time scale', stance: 'enforced' },
  { subject, item: 'duplicates and lost events', stance: 'inert', reason: 'each event reaches each target once: AWS promises at least once, and services emit at best effort' },
  { subject, item: 'resource policies of targets', stance: 'inert', reason: 'targets are invoked without asking their policies' },
  { subject, item: 'targets other than Lambda, SQS and Step Functions', stance: 'refused', reason: 'the platform uses none' },
  { subject, item: 'event buses other than default', stance: 'refused', reason: 'the platform uses none' },
];
