import { DeleteObjectsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectRemoval } from '../../domain/recordings/delete-recording.ts';
import { chunk } from '../../domain/recordings/archive/chunk.ts';
import { UnavailableError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';

/** What one call takes. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const mostKeys = 1000;

/** Removes objects by DeleteObjects: `s3:DeleteObject` on them. */
export const s3ObjectRemoval = (client: Pick<S3Client, 'send'>): ObjectRemoval => ({
  remove: async (bucket, keys) => {
    for (const some of chunk(keys, mostKeys)) {
      const input = { Bucket: bucket, Delete: { Objects: some.map((Key) => ({ Key })), Quiet: true } };
      const { Errors = [] } = await calling('s3', () => client.send(new DeleteObjectsCommand(input)));
      const [error] = Errors;
      if (error !== undefined) throw new UnavailableError({ code: 'objects-not-removed', message: `${Errors.length} objects of ${bucket} stayed, the first because of ${error.Code ?? '?'}: ${error.Message ?? ''}` });
    }
  },
});
