import type { ParityNote } from '../../assembly/parity.ts';

/** How far identities and permissions follow AWS. */
export const iamParity: readonly ParityNote[] = [
  { subject: 'iam', item: 'allow and deny by action and resource, with wildcards, NotAction and NotResource', stance: 'enforced' },
  { subject: 'iam', item: "trust policies, of services and of AWS principals, for each role's session", stance: 'enforced' },
  { subject: 'iam', item: 'iam:PassRole, of whoever hands a role to a function, channel, job, schedule, target or state machine', stance: 'enforced' },
  { subject: 'iam', item: 'every condition key (aws:ResourceTag, aws:SourceAccount, aws:SourceArn, iam:PassedToService, …)', stance: 'inert', reason: 'step 7: an Allow counts as if its condition held, a Deny as if it did not' },
  { subject: 'iam', item: 'logs:CreateLogGroup, CreateLogStream and PutLogEvents of functions; logs:…LogDelivery of state machines', stance: 'inert', reason: 'the platform writes its log without asking for a permission' },
  { subject: 'iam', item: 'resource-based policies, but those of functions, and of buckets for services that call as themselves', stance: 'inert', reason: 'step 7: they are kept and returned; only policies of identities decide' },
  { subject: 'iam', item: 'eventual consistency of policy changes', stance: 'inert', reason: 'a change counts at once' },
  { subject: 'iam', item: 'MaxSessionDuration of service sessions', stance: 'inert', reason: 'sessions of services end with the platform' },
  { subject: 'gateway', item: 'SigV4 signatures, in headers and in presigned URLs, and session tokens', stance: 'enforced' },
  { subject: 'gateway', item: 'SigV4A signatures', stance: 'inert', reason: 'the key and its session token are checked, the public-key signature is not' },
  { subject: 'gateway', item: 'age of signatures', stance: 'inert', reason: 'both ends share one clock; only presigned URLs end' },
  { subject: 'gateway', item: 'SigV4 of raw services without X-Amz-Content-SHA256', stance: 'inert', reason: 'the body is not read before it is streamed: the key and its session token are checked' },
];
