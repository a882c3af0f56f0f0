import { CreateChannelCommand, CreateRecordingConfigurationCommand, GetRecordingConfigurationCommand, type CreateChannelCommandInput } from '@aws-sdk/client-ivs';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { until } from '../until.ts';
import { recordingBucket, type IvsStage } from './ivs-stage.ts';

/** A channel that can be streamed to. */
export interface CamChannel {
  readonly arn: string;
  readonly id: string;
  readonly playbackUrl: string;
  readonly keyArn: string;
  /** Where an encoder pushes to. */
  readonly ingestUrl: string;
}

export const ingestUrl = ({ ingestPort }: Pick<IvsStage, 'ingestPort'>, key: string): string => `rtmp://127.0.0.1:${ingestPort}/app/${key}`;

export const createCamChannel = async (stage: IvsStage, input: CreateChannelCommandInput = {}): Promise<CamChannel> => {
  const { channel, streamKey } = await stage.ivs.send(new CreateChannelCommand({ type: 'BASIC', ...input }));
  const arn = channel!.arn!;
  return { arn, id: arn.split('/')[1]!, playbackUrl: channel!.playbackUrl!, keyArn: streamKey!.arn!, ingestUrl: ingestUrl(stage, streamKey!.value!) };
};

export const createRecordingConfiguration = async (stage: IvsStage, recordingReconnectWindowSeconds = 0): Promise<string> => {
  const { recordingConfiguration } = await stage.ivs.send(new CreateRecordingConfigurationCommand({ destinationConfiguration: { s3: { bucketName: recordingBucket } }, recordingReconnectWindowSeconds }));
  const arn = recordingConfiguration!.arn!;
  await until('an active recording configuration', async () => (await stage.ivs.send(new GetRecordingConfigurationCommand({ arn }))).recordingConfiguration!.state === 'ACTIVE');
  return arn;
};

/** The keys of all recordings, below the prefix. */
export const recordedKeys = async (stage: IvsStage, prefix: string): Promise<readonly string[]> => {
  const { Contents = [] } = await stage.s3.send(new ListObjectsV2Command({ Bucket: recordingBucket, Prefix: prefix }));
  return Contents.map(({ Key = '' }) => Key.slice(prefix.length + 1)).sort();
};

export const recordedText = async (stage: IvsStage, key: string): Promise<string> =>
  (await (await stage.s3.send(new GetObjectCommand({ Bucket: recordingBucket, Key: key }))).Body?.transformToString()) ?? '';
