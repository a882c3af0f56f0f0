import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'sts';

/** How far the service follows AWS. */
export const stsParity: readonly ParityNote[] = [
  { subject, item: 'sessions of roles: trust policies, durations, expiry', stance: 'enforced' },
  { subject, item: 'Policy, PolicyArns, Tags and ExternalId of AssumeRole', stance: 'inert', reason: 'a session may do what its role may' },
];
