import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { s3ObjectListing } from '../../../../lambda/adapters/s3/s3-object-listing.ts';

const s3 = mockClient(S3Client);

describe('s3ObjectListing', () => {
  it('lists every page of a prefix with sizes and times', async () => {
    const LastModified = new Date('2026-11-23T10:00:00Z');
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ Contents: [{ Key: 'a/1', Size: 5, LastModified }], NextContinuationToken: 'next' })
      .resolvesOnce({ Contents: [{ Key: 'a/2', Size: 0, LastModified, StorageClass: 'STANDARD_IA' }] });

    const objects = await s3ObjectListing(new S3Client({ region: 'us-east-1' })).list('bucket', 'a/');

    expect(objects).toEqual([{ key: 'a/1', bytes: 5n, storedAt: LastModified.getTime() }, { key: 'a/2', bytes: 0n, storedAt: LastModified.getTime(), storageClass: 'STANDARD_IA' }]);
    expect(s3.commandCalls(ListObjectsV2Command)[1]?.args[0].input).toEqual({ Bucket: 'bucket', Prefix: 'a/', ContinuationToken: 'next' });
  });
});
