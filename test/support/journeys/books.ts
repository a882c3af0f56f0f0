import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { BreakoutBody } from '../../../lambda/contract/api/breakouts.ts';
import { ownUsageLinesSchema } from '../../../lambda/contract/api/usage-series.ts';
import { progressSchema } from '../../../lambda/contract/show-workflow.ts';
import { itemKey } from '../../../lambda/contract/table-keys.ts';
import { bodyOf } from './api-client.ts';
import { operatorOf } from './cast.ts';
import { answerOnce } from './plans.ts';
import { recordingsBucketOf } from './recordings.ts';
import { runFunction } from './run-function.ts';
import type { StageDriver } from './stage-driver.ts';
import { setFields } from './stage-table.ts';

/** Has the stage measure a show of one attempt finally that has stopped: as if its tail, a minute and a half, had been over at once. */
export const measureFinally = async (stage: StageDriver, { breakoutId }: BreakoutBody): Promise<void> => {
  await setFields(stage.aws, itemKey.breakout(breakoutId), { tailEndsAt: new Date().toISOString() });
  await answerOnce('the final measurement', 60, async () => {
    const { status } = progressSchema.parse(await runFunction(stage, 'metering', { task: 'measure-final', breakoutId, attempt: 1 }));
    return status === 'DONE' ? status : undefined;
  });
};

/** What was put into a bucket without anybody being told. */
export interface UntoldFiles {
  /** What is the show's by its name. */
  readonly bytes: number;
  /** What is of no show. Its key comes first, so that it is among those that are named. */
  readonly strayKey: string;
}

/** Puts a file under a show's name and one that is of no show, and has the stage take its inventory. */
export const putUntold = async (stage: StageDriver, { accountId, eventId, breakoutId }: BreakoutBody): Promise<UntoldFiles> => {
  const [bytes, strayKey] = [1_000_000, '0-left-behind.bin'];
  const Bucket = await recordingsBucketOf(stage);
  const s3 = new S3Client({ ...stage.aws, forcePathStyle: true });
  for (const Key of [`${accountId}/${eventId}/${breakoutId}/late.bin`, strayKey]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: new Uint8Array(bytes) }));
  s3.destroy();
  await runFunction(stage, 'inventory');
  return { bytes, strayKey };
};

/** What the platform bears, as far as it is asked for. */
export interface ReadOverheads {
  /** What is said of files that are of no show. */
  readonly strays: string;
  /** Of a Cam pipeline while no show had it: what was counted, and how much. */
  readonly ofPipeline: readonly (readonly [string, string | undefined])[];
}

const dayMilliseconds = 86_400_000;

/** Has the stage book overheads, of a pipeline that it has known since the day before: they are of days that are over. */
export const readOverheads = async (stage: StageDriver, pipelineId: string): Promise<ReadOverheads> => {
  const yesterday = Date.now() - dayMilliseconds;
  await setFields(stage.aws, itemKey.knownPipeline(pipelineId), { knownSince: yesterday });
  await runFunction(stage, 'accrual');
  const operator = await operatorOf(stage);
  const linesOf = async (at: number) => bodyOf(await operator.get(`/platform/usage/lines?limit=100&month=${new Date(at).toISOString().slice(0, 7)}`), 200, ownUsageLinesSchema).items;
  const own = (await linesOf(yesterday)).filter(({ ownerId }) => ownerId === `platform/cam-pipeline/${pipelineId}`);
  return {
    strays: (await linesOf(Date.now())).filter(({ key }) => key === 'storage/recordings/unknown').flatMap(({ notes }) => notes).join('; '),
    ofPipeline: own.map(({ key, quantity }) => [key.split('/')[1] ?? key, quantity?.amount]),
  };
};
