import {
  type CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  ResourceNotFoundException,
  UpdateKeysCommand,
  type UpdateKeysCommandInput,
  ValidationException,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { edgeHolderSchema, edgeStoreKey } from '../../contract/viewer-token.ts';
import type { EdgeHolders, Holder } from '../../domain/playback/edge-holders.ts';
import { UnavailableError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';

type Changes = Pick<UpdateKeysCommandInput, 'Puts' | 'Deletes'>;

/** Whether someone else wrote to the store meanwhile: its ETag is one for all keys, and both answers are seen. */
const isStale = (error: unknown): boolean =>
  error instanceof ConflictException || (error instanceof ValidationException && /pre-?condition|etag|if-?match/i.test(error.message));

const maximumTries = 20;

const holderEntry = (distributionId: string, holder: Holder) => ({ Key: edgeStoreKey.holder(distributionId), Value: JSON.stringify(holder) });

const readHolder = async (client: CloudFrontKeyValueStoreClient, KvsARN: string, distributionId: string): Promise<Holder | undefined> => {
  try {
    const { Value = '' } = await calling('edge-store', () => client.send(new GetKeyCommand({ KvsARN, Key: edgeStoreKey.holder(distributionId) })));
    return edgeHolderSchema.parse(JSON.parse(Value));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

/**
 * The edge's key value store. Each change reads the store's ETag, decides, and writes on that ETag; when someone else
 * wrote meanwhile it decides anew. IAM: cloudfront-keyvaluestore:DescribeKeyValueStore, GetKey and UpdateKeys on the store.
 */
export const keyValueStoreEdgeHolders = (client: CloudFrontKeyValueStoreClient, KvsARN: string): EdgeHolders => {
  const get = (distributionId: string): Promise<Holder | undefined> => readHolder(client, KvsARN, distributionId);

  const tryOnce = async (decide: () => Promise<Changes | undefined>): Promise<'WRITTEN' | 'STALE'> => {
    const { ETag } = await calling('edge-store', () => client.send(new DescribeKeyValueStoreCommand({ KvsARN })));
    const changes = await decide();
    if (changes === undefined) return 'WRITTEN';
    try {
      await calling('edge-store', () => client.send(new UpdateKeysCommand({ KvsARN, IfMatch: ETag, ...changes })));
      return 'WRITTEN';
    } catch (error) {
      if (isStale(error)) return 'STALE';
      throw error;
    }
  };

  const change = async (decide: () => Promise<Changes | undefined>): Promise<void> => {
    for (let tries = 0; tries < maximumTries; tries += 1) if ((await tryOnce(decide)) === 'WRITTEN') return;
    throw new UnavailableError({ code: 'edge-store-contended', message: `the edge's store was changed by others ${maximumTries} times in a row: try again` });
  };

  const ifServed = (distributionId: string, breakoutId: string, changes: Changes) => async (): Promise<Changes | undefined> =>
    (await get(distributionId))?.breakoutId === breakoutId ? changes : undefined;

  return {
    get,
    open: (distributionId, holder, signingKeys) =>
      change(async () => ({
        Puts: [
          ...Object.entries(signingKeys).map(([keyId, Value]) => ({ Key: edgeStoreKey.signingKey(keyId), Value })),
          holderEntry(distributionId, holder),
        ],
      })),
    limit: (distributionId, holder) => change(ifServed(distributionId, holder.breakoutId, { Puts: [holderEntry(distributionId, holder)] })),
    close: (distributionId, breakoutId) => change(ifServed(distributionId, breakoutId, { Deletes: [{ Key: edgeStoreKey.holder(distributionId) }] })),
  };
};
