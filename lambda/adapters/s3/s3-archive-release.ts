import { PutObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import { convertedTag } from '../../contract/archive-tags.ts';
import { chunk } from '../../domain/recordings/archive/chunk.ts';
import type { ArchiveRelease } from '../../domain/recordings/archive/archive-release.ts';
import { calling } from '../service-faults.ts';

const Tagging = { TagSet: [{ Key: convertedTag.key, Value: convertedTag.value }] };

const atOnce = 10;

/** Gives archive files over to the bucket's lifecycle, by their tag: `s3:PutObjectTagging` on them. */
export const s3ArchiveRelease = (client: Pick<S3Client, 'send'>): ArchiveRelease => ({
  release: async (files) => {
    for (const some of chunk(files, atOnce)) {
      await Promise.all(some.map(({ bucket, key }) => calling('s3', () => client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging })))));
    }
  },
});
