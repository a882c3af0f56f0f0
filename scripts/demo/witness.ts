import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, ListObjectsV2Command, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { z } from 'zod';

/** An object as a bucket lists it. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
}

/** Looks at buckets and files with tools that are none of the platform's: the SDK's S3 client and ffprobe. */
export interface Witness {
  list(bucket: string): Promise<StoredObject[]>;
  /** Writes the objects into one file, one after the other. */
  download(objects: readonly StoredObject[], file: string): Promise<void>;
  /** Seconds of the longest stream of a media file. */
  duration(file: string): number;
  /** Seconds of its pictures, which is what an output of MediaConvert is as long as: its sound may go on for a moment. */
  pictureSeconds(file: string): number;
}

const probed = z.object({ format: z.object({ duration: z.coerce.number() }), streams: z.array(z.object({ codec_type: z.string(), duration: z.coerce.number().optional() })) });

const probe = (file: string): z.infer<typeof probed> => {
  const { stdout, stderr, status } = spawnSync('ffprobe', ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ffprobe cannot read ${file}: ${stderr}`);
  return probed.parse(JSON.parse(stdout));
};

/** A witness with the operator's credentials. */
export const witnessWith = (settings: S3ClientConfig): Witness => {
  const client = new S3Client({ ...settings, forcePathStyle: true });
  return {
    list: async (bucket) => {
      const objects: StoredObject[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken }));
        for (const { Key = '', Size = 0 } of page.Contents ?? []) objects.push({ bucket, key: Key, bytes: Size });
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return objects;
    },
    download: async (objects, file) => {
      for (const [index, { bucket, key }] of objects.entries()) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (!(Body instanceof Readable)) throw new Error(`object ${key} has no body`);
        await pipeline(Body, createWriteStream(file, { flags: index === 0 ? 'w' : 'a' }));
      }
    },
    duration: (file) => probe(file).format.duration,
    pictureSeconds: (file) => {
      const seconds = probe(file).streams.find(({ codec_type }) => codec_type === 'video')?.duration;
      if (seconds === undefined) throw new Error(`ffprobe finds no pictures in ${file}, or not how long they are`);
      return seconds;
    },
  };
};
