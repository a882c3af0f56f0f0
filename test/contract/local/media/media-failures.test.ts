import { DescribeChannelCommand, StartChannelCommand, StopChannelCommand } from '@aws-sdk/client-medialive';
import { DeleteChannelCommand as DeletePackagerCommand, DeleteOriginEndpointCommand } from '@aws-sdk/client-mediapackage';
import { CreateBucketCommand, DeleteBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ChannelRecord } from '../../../../local/services/medialive/records.ts';
import { sharedStateStore } from '../../../support/shared-state-store.ts';
import { createPipeline, reaches, type Pipeline } from '../../../support/media/channel-declaration.ts';
import { archiveBucket, startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';
import { pushTestCard } from '../../../support/media/test-card.ts';

jest.setTimeout(60_000);

const running = async (stage: MediaStage): Promise<Pipeline> => {
  const pipeline = await createPipeline(stage, { segmentSeconds: 2 });
  await stage.mediaLive.send(new StartChannelCommand({ ChannelId: pipeline.channelId }));
  await reaches(stage, pipeline.channelId, 'RUNNING');
  return pipeline;
};
const push = async (stage: MediaStage, seconds: number): Promise<void> => {
  await pushTestCard(`rtmp://127.0.0.1:${stage.rtmpPort}/live/secret`, seconds).exit;
};
const failures = (stage: MediaStage) => alerts(stage).filter(([, type]) => String(type).startsWith('Failed'));
const alerts = (stage: MediaStage) => stage.events.filter(({ detailType }) => detailType === 'MediaLive Channel Alert').map(({ detail }) => [detail.alarm_state, detail.alert_type]);
const archive = async (stage: MediaStage) => (await stage.s3.send(new ListObjectsV2Command({ Bucket: archiveBucket }))).Contents ?? [];
const stop = (stage: MediaStage, { channelId }: Pipeline) => stage.mediaLive.send(new StopChannelCommand({ ChannelId: channelId }));

describe('a show on media services that fail', () => {
  it('loses no archive while S3 fails, and says so', async () => {
    const stage = await startMediaStage();
    const pipeline = await running(stage);
    await stage.s3.send(new DeleteBucketCommand({ Bucket: archiveBucket }));
    await push(stage, 3);
    await stop(stage, pipeline);
    await stage.until('an alert', () => failures(stage).length > 0);

    await stage.s3.send(new CreateBucketCommand({ Bucket: archiveBucket }));
    await reaches(stage, pipeline.channelId, 'IDLE');

    expect(await archive(stage)).toHaveLength(1);
    expect(failures(stage)).toEqual([['SET', 'Failed to Close or Finalize The Output'], ['CLEARED', 'Failed to Close or Finalize The Output']]);
    await stage.close();
  });

  it('archives on when its packager is gone', async () => {
    const stage = await startMediaStage();
    const pipeline = await running(stage);
    await stage.mediaPackage.send(new DeleteOriginEndpointCommand({ Id: 'stage-hls' }));
    await stage.mediaPackage.send(new DeletePackagerCommand({ Id: 'stage' }));

    await push(stage, 3);
    await stop(stage, pipeline);
    await reaches(stage, pipeline.channelId, 'IDLE');

    expect(await archive(stage)).toHaveLength(1);
    expect(failures(stage)).toContainEqual(['SET', 'Failed to Create Output File or Socket']);
    await stage.close();
  });

  it('completes a running show when the machine closes in order', async () => {
    const stage = await startMediaStage();
    const pipeline = await running(stage);
    await push(stage, 3);

    await stage.mediaLiveService.close();

    expect((await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: pipeline.channelId })).catch(() => undefined))?.State ?? 'IDLE').toBe('IDLE');
    expect(await archive(stage)).toHaveLength(1);
    expect(stage.events.at(-1)?.detail.state).toBe('STOPPED');
    await stage.close();
  });

  it('finds a channel idle that ran when the machine crashed', async () => {
    const state = sharedStateStore();
    const first = await startMediaStage(undefined, state);
    const { channelId } = await createPipeline(first);
    await first.close();
    const channels = state.collection<ChannelRecord>('medialive/channels');
    channels.put(channelId, { ...channels.get(channelId)!, state: 'RUNNING' });

    const second = await startMediaStage(undefined, state);

    expect((await second.mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }))).State).toBe('IDLE');
    expect(second.events.map(({ detail }) => detail.state)).toEqual(['STOPPED']);
    await second.close();
  });
});
