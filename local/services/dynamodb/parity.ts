import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'dynamodb';

/** How far the service follows AWS. */
export const dynamoDbParity: readonly ParityNote[] = [
  { subject, item: 'transactions: all or nothing, cancellation reasons, conflicts, client tokens', stance: 'enforced' },
  { subject, item: 'expressions, reserved words, item and page sizes, ReturnValuesOnConditionCheckFailure', stance: 'enforced' },
  { subject, item: 'expiry of items (TTL)', stance: 'enforced' },
  { subject, item: 'DeletionProtectionEnabled', stance: 'enforced' },
  { subject, item: 'throughput', stance: 'inert', reason: 'capacity is described and never throttled' },
  { subject, item: 'consistency of reads', stance: 'inert', reason: 'every read sees every write; consistent reads of an index are refused as on AWS' },
  { subject, item: 'point-in-time recovery, encryption, table class', stance: 'inert', reason: 'kept and described; nothing is backed up or encrypted' },
  { subject, item: 'ConsumedCapacity of transactions', stance: 'inert', reason: 'not counted' },
  { subject, item: 'streams', stance: 'refused', reason: 'the platform uses none' },
];
