import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PlaylistFiles } from '../../domain/recordings/join-parts.ts';
import { NotFoundError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';

/** Reads and writes playlists of recordings: `s3:GetObject` and `s3:PutObject` on them. */
export const s3PlaylistFiles = (client: Pick<S3Client, 'send'>): PlaylistFiles => ({
  async read(bucket, key) {
    try {
      const { Body } = await calling('s3', () => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
      return (await Body?.transformToString()) ?? '';
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw error;
      throw new NotFoundError({ code: 'playlist-not-found', message: `there is no s3://${bucket}/${key}, expected it of a conversion that is complete`, cause: error });
    }
  },
  async write(bucket, key, text) {
    await calling('s3', () => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'application/vnd.apple.mpegurl' })));
  },
});
