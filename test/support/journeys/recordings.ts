import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { recordingPageSchema, type RecordingBody } from '../../../lambda/contract/api/recordings.ts';
import { bodyOf, type ApiClient } from './api-client.ts';
import type { StageDriver } from './stage-driver.ts';

/** The recording of a breakout as the API tells it, or none while there is none. */
export const recordingOf = async (client: ApiClient, breakoutId: string): Promise<RecordingBody | undefined> =>
  bodyOf(await client.get(`/breakouts/${breakoutId}/recordings`), 200, recordingPageSchema).items[0];

/** The bucket in which a stage's recordings are. */
export const recordingsBucketOf = async ({ aws }: StageDriver): Promise<string> => {
  const s3 = new S3Client({ ...aws, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  s3.destroy();
  return Buckets.map(({ Name = '' }) => Name).find((name) => name.includes('recordings'))!;
};
