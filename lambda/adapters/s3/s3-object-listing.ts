import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectPages } from '../../domain/usage/inventory/inventory.ts';
import type { StoredObject } from '../../domain/usage/meters/storage-meter.ts';
import type { ObjectListing } from '../../domain/usage/object-listing.ts';
import { calling } from '../service-faults.ts';

/** Lists objects by ListObjectsV2, a thousand a page: `s3:ListBucket` on the bucket. */
export const s3ObjectPages = (client: Pick<S3Client, 'send'>): ObjectPages => ({
  async *pages(bucket, keyPrefix) {
    let token: string | undefined;
    do {
      const input = { Bucket: bucket, Prefix: keyPrefix, ...(token === undefined ? {} : { ContinuationToken: token }) };
      const page = await calling('s3', () => client.send(new ListObjectsV2Command(input)));
      yield (page.Contents ?? []).flatMap(({ Key, Size, LastModified, StorageClass }): readonly StoredObject[] =>
        Key === undefined ? [] : [{ key: Key, bytes: BigInt(Size ?? 0), storedAt: LastModified?.getTime() ?? 0, ...(StorageClass !== undefined && { storageClass: StorageClass }) }],
      );
      token = page.NextContinuationToken;
    } while (token !== undefined);
  },
});

/** The same, all at once: `s3:ListBucket` on the bucket. */
export const s3ObjectListing = (client: Pick<S3Client, 'send'>): ObjectListing => ({
  list: async (bucket, keyPrefix) => {
    const objects: StoredObject[] = [];
    for await (const page of s3ObjectPages(client).pages(bucket, keyPrefix)) objects.push(...page);
    return objects;
  },
});
