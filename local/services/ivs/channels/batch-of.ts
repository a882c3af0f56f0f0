import type { BatchError } from '@aws-sdk/client-ivs';
import { idOf } from '../arns.ts';
import { invalid } from '../faults.ts';

/** https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_BatchGetChannel.html */
const mostArns = 50;

/** The resources of several ARNs, each that is not there as an error of its own. @throws ValidationException on no ARN, or too many */
export const batchOf = <Item>(collection: { get(key: string): Item | undefined }, arns: readonly string[]): { readonly items: Item[]; readonly errors: BatchError[] } => {
  if (arns.length < 1 || arns.length > mostArns) throw invalid(`arns has ${arns.length} entries, expected 1 to ${mostArns}`);
  const items: Item[] = [];
  const errors: BatchError[] = [];
  for (const arn of arns) {
    const item = collection.get(idOf(arn));
    if (item === undefined) errors.push({ arn, code: 'ResourceNotFoundException', message: `Resource: ${arn} not found` });
    else items.push(item);
  }
  return { items, errors };
};
