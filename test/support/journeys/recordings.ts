import { GetBucketPolicyCommand, ListBucketsCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
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

/** Has a bucket's policy keep everyone from writing below a prefix, as an operator's mistake may. */
export const keepOut = async ({ aws }: StageDriver, bucket: string, prefix: string): Promise<void> => {
  const s3 = new S3Client({ ...aws, forcePathStyle: true });
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
  const { Statement, ...policy } = z.looseObject({ Statement: z.array(z.unknown()) }).parse(JSON.parse(Policy));
  const denial = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/${prefix}*` };
  await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ ...policy, Statement: [...Statement, denial] }) }));
  s3.destroy();
};
