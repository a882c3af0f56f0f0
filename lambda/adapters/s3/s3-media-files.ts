import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, NoSuchKey, UploadPartCommand, type S3Client } from '@aws-sdk/client-s3';
import type { MediaFiles } from '../../domain/recordings/film/write-film.ts';
import { NotFoundError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';

/** Parts have 5 MiB at least, and there are 10,000 at most: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const partBytes = 16 * 2 ** 20;

/** Pieces in parts of this size at least, but for the last. */
async function* partsOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let kept: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    kept.push(piece);
    length += piece.length;
    if (length < partBytes) continue;
    yield Buffer.concat(kept);
    [kept, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(kept);
}

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string | undefined;
}

const uploaded = async (client: Pick<S3Client, 'send'>, upload: Upload, pieces: AsyncIterable<Uint8Array>): Promise<bigint> => {
  const Parts: { readonly PartNumber: number; readonly ETag: string | undefined }[] = [];
  let bytes = 0n;
  for await (const Body of partsOf(pieces)) {
    const PartNumber = Parts.length + 1;
    const { ETag } = await calling('s3', () => client.send(new UploadPartCommand({ ...upload, PartNumber, Body })));
    Parts.push({ PartNumber, ETag });
    bytes += BigInt(Body.length);
  }
  await calling('s3', () => client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })));
  return bytes;
};

/** Reads and writes media of recordings: `s3:GetObject` on what is read; `s3:PutObject` and `s3:AbortMultipartUpload` on what is written. */
export const s3MediaFiles = (client: Pick<S3Client, 'send'>): MediaFiles => ({
  async read(bucket, key) {
    try {
      const { Body } = await calling('s3', () => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw error;
      throw new NotFoundError({ code: 'media-not-found', message: `there is no s3://${bucket}/${key}, expected it of a recording that lists it`, cause: error });
    }
  },
  async write(bucket, key, pieces) {
    const { UploadId } = await calling('s3', () => client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: 'video/mp4' })));
    const upload = { Bucket: bucket, Key: key, UploadId };
    try {
      return await uploaded(client, upload, pieces);
    } catch (error) {
      await calling('s3', () => client.send(new AbortMultipartUploadCommand(upload)));
      throw error;
    }
  },
});
