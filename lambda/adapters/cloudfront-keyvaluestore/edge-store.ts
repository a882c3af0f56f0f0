import {
  type CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  ListKeysCommand,
  ResourceNotFoundException,
  UpdateKeysCommand,
  type UpdateKeysCommandInput,
  ValidationException,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { requestRetryTiming, type RetryTiming, withFullJitter } from '../dynamodb/full-jitter.ts';
import { calling } from '../service-faults.ts';

/** What one write changes: at most {@link mostChanges} keys. */
export type EdgeChanges = Pick<UpdateKeysCommandInput, 'Puts' | 'Deletes'>;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores */
export const mostChanges = 50;

/** The edge's key value store, whose version is one for all keys. */
export interface EdgeStore {
  read(key: string): Promise<string | undefined>;
  /** Every key with its value. */
  entries(): Promise<readonly (readonly [string, string])[]>;
  /** Decides and writes; when somebody else wrote meanwhile, decides anew. Undefined = nothing is to change. @throws UnavailableError */
  change(decide: () => Promise<EdgeChanges | undefined>): Promise<void>;
}

/** Whether someone else wrote to the store meanwhile; both answers are seen. */
const isStale = (error: unknown): boolean =>
  error instanceof ConflictException || (error instanceof ValidationException && /pre-?condition|etag|if-?match/i.test(error.message));

/**
 * The edge's key value store. Each change reads the store's ETag, decides, and writes on that ETag, so that concurrent
 * writers lose nothing. IAM: cloudfront-keyvaluestore:DescribeKeyValueStore, GetKey, ListKeys and UpdateKeys on the store.
 */
export const edgeStore = (client: CloudFrontKeyValueStoreClient, KvsARN: string, timing: RetryTiming = requestRetryTiming): EdgeStore => ({
  async read(Key) {
    try {
      return (await calling('edge-store', () => client.send(new GetKeyCommand({ KvsARN, Key })))).Value ?? '';
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
  async entries() {
    const entries: (readonly [string, string])[] = [];
    let NextToken: string | undefined;
    do {
      const from = NextToken === undefined ? {} : { NextToken };
      const page = await calling('edge-store', () => client.send(new ListKeysCommand({ KvsARN, MaxResults: mostChanges, ...from })));
      entries.push(...(page.Items ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return entries;
  },
  change: (decide) =>
    withFullJitter(timing, isStale, async () => {
      const { ETag } = await calling('edge-store', () => client.send(new DescribeKeyValueStoreCommand({ KvsARN })));
      const changes = await decide();
      if (changes !== undefined) await calling('edge-store', () => client.send(new UpdateKeysCommand({ KvsARN, IfMatch: ETag, ...changes })));
    }),
});
