import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'sns';

/** How far the service follows AWS. */
export const snsParity: readonly ParityNote[] = [
  { subject, item: 'standard topics; subscriptions of queues and functions, with the documented envelopes, raw delivery and filter policies on attributes', stance: 'enforced' },
  { subject, item: 'Signature and SigningCertURL of messages', stance: 'inert', reason: 'nothing is signed: messages do not leave the machine' },
  { subject, item: 'policies of topics', stance: 'inert', reason: 'step 7: they are kept and returned; only policies of identities decide' },
  { subject, item: 'KmsMasterKeyId, DisplayName', stance: 'inert', reason: 'kept and returned: data at rest is not encrypted on this machine, and nobody is sent mail' },
  { subject, item: 'delivery retries', stance: 'inert', reason: 'a function retries as asynchronous calls do, a queue always takes; what fails is in the log of the platform' },
  { subject, item: 'subscribers by HTTP, e-mail, SMS and push; FIFO topics; MessageStructure; FilterPolicyScope', stance: 'refused', reason: 'the platform\'s own topic needs none of them' },
];
