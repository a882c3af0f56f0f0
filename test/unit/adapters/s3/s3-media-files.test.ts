import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, NoSuchKey, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { s3MediaFiles } from '../../../../lambda/adapters/s3/s3-media-files.ts';

const mebibyte = 2 ** 20;
const s3 = mockClient(S3Client);
const files = s3MediaFiles(new S3Client({ region: 'us-east-1' }));

async function* pieces(sizes: readonly number[], failure?: Error): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size);
  if (failure !== undefined) throw failure;
}

beforeEach(() => {
  s3.reset();
  s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u1' });
  s3.on(UploadPartCommand).callsFake(({ PartNumber }: { readonly PartNumber: number }) => ({ ETag: `"${PartNumber}"` }));
});

describe('media files in S3', () => {
  it('are written in parts that are large enough, but for the last', async () => {
    const bytes = await files.write('recordings', 'show.mp4', pieces([10 * mebibyte, 10 * mebibyte, 1, 17 * mebibyte, 5]));

    expect(bytes).toBe(BigInt(37 * mebibyte + 6));
    expect(s3.commandCalls(UploadPartCommand).map(({ args: [{ input }] }) => [input.PartNumber, (input.Body as Buffer).length])).toEqual([[1, 20 * mebibyte], [2, 17 * mebibyte + 1], [3, 5]]);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)[0]!.args[0].input).toMatchObject({ Bucket: 'recordings', Key: 'show.mp4', UploadId: 'u1', MultipartUpload: { Parts: [1, 2, 3].map((PartNumber) => ({ PartNumber, ETag: `"${PartNumber}"` })) } });
  });

  it('leave nothing where they are not written to their end', async () => {
    await expect(files.write('recordings', 'show.mp4', pieces([1], new Error('a segment is gone')))).rejects.toThrow('a segment is gone');

    expect(s3.commandCalls(AbortMultipartUploadCommand)[0]!.args[0].input).toEqual({ Bucket: 'recordings', Key: 'show.mp4', UploadId: 'u1' });
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toEqual([]);
  });

  it('are not found where there are none', async () => {
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'none', $metadata: {} }));

    await expect(files.read('recordings', '0.mp4')).rejects.toMatchObject({ code: 'media-not-found' });
  });
});
