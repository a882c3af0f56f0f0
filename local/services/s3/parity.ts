import type { ParityNote } from '../../assembly/parity.ts';

/** How far S3 follows AWS. */
export const s3Parity: readonly ParityNote[] = [
  { subject: 's3', item: 'objects, ranges, conditions, copies, uploads in parts, checksums in headers and trailers', stance: 'enforced' },
  { subject: 's3', item: 'Object Created and Object Deleted events of buckets that send them to EventBridge', stance: 'enforced' },
  { subject: 's3', item: 'a write for which the disk has no room', stance: 'refused', reason: 'ServiceUnavailable, and nothing of the object is kept' },
  { subject: 's3', item: 'bucket policy, for CloudFront with an origin access control: its principal, aws:SourceArn, actions and objects', stance: 'enforced', reason: 'a condition on anything else does not hold' },
  { subject: 's3', item: 'bucket policy, for the role that IVS records with: what it denies that role, or everyone', stance: 'enforced', reason: 'a deny with a condition does not hold' },
  { subject: 's3', item: 'bucket policy for roles and the operator, public access block, ownership and encryption', stance: 'inert', reason: 'kept and returned; only policies of identities decide before step 7, and data at rest is not encrypted on this machine' },
  { subject: 's3', item: 'lifecycle rules', stance: 'inert', reason: 'kept and returned: nothing expires or changes its storage class here, as nothing on this machine lives for days' },
  { subject: 's3', item: 'object tags', stance: 'enforced', reason: 'kept and returned; policies that ask for them do not hold' },
  { subject: 's3', item: 'versioning', stance: 'inert', reason: 'the configuration is kept and returned; objects have one version' },
  { subject: 's3', item: 'ListObjects (version 1), SigV2 URLs, virtual-hosted buckets', stance: 'refused', reason: 'no current client sends them to a path-style endpoint' },
];
