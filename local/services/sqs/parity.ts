import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'sqs';

/** How far the service follows AWS. */
export const sqsParity: readonly ParityNote[] = [
  { subject, item: 'standard queues: visibility time-outs, retention, receive counts', stance: 'enforced' },
  { subject, item: 'DelaySeconds, WaitTimeSeconds, MaximumMessageSize, message attributes', stance: 'inert', reason: 'queues hold dead letters, which are looked at once there' },
  { subject, item: 'policies of queues', stance: 'inert', reason: 'step 7: they are kept and returned; only policies of identities decide' },
  { subject, item: 'FIFO queues, redrive policies', stance: 'refused', reason: 'the platform uses none' },
];
