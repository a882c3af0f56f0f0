import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { silentLogger } from '../../../media/processes/silent-logger.ts';
import type { LossImage } from '../../../media/relay/failover-settings.ts';
import type { ClientSettings } from '../../../runtime/ports.ts';
import type { InputLossPlan } from '../settings/channel-plan.ts';
import { reasonOf } from './encoded-piece.ts';

/** What the search for an image needs. */
export interface LossImageSearch {
  readonly image: InputLossPlan['image'];
  /** Where it is kept while the channel runs. */
  readonly folder: string;
  /** A session of the channel's role. */
  readonly settings: () => ClientSettings;
  /** Told why there is black in its place. */
  readonly onMissing: (reason: string) => void;
}

/** Fetches the image that is shown without input, as the channel's role; black where it cannot be had. Never rejects. */
export const findLossImage = async ({ image, folder, settings, onMissing }: LossImageSearch): Promise<LossImage> => {
  if (image.kind === 'COLOR') return image;
  const [, bucket = '', key = ''] = /^s3(?:ssl)?:\/\/([^/]+)\/(.+)$/.exec(image.url) ?? [];
  try {
    const file = join(folder, `slate${extname(key)}`);
    mkdirSync(folder, { recursive: true });
    await writeFile(file, await read(settings(), bucket, key));
    return { kind: 'SLATE', file };
  } catch (error) {
    onMissing(`${image.url}: ${reasonOf(error)}`);
    return { kind: 'COLOR', rgb: '000000' };
  }
};

const read = async (settings: ClientSettings, bucket: string, key: string): Promise<Uint8Array> => {
  const client = new S3Client({ ...settings, forcePathStyle: true, logger: silentLogger });
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } finally {
    client.destroy();
  }
};
