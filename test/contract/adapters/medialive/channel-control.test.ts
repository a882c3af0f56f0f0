import { mediaLiveChannelControl } from '../../../../lambda/adapters/medialive/channel-control.ts';
import { mediaLiveInputControl } from '../../../../lambda/adapters/medialive/input-control.ts';
import { createPipeline, type Pipeline } from '../../../support/media/channel-declaration.ts';
import { type MediaStage, startMediaStage } from '../../../support/media/media-stage.ts';

let stage: MediaStage;
let pipeline: Pipeline;

beforeAll(async () => {
  stage = await startMediaStage();
  pipeline = await createPipeline(stage);
});

afterAll(() => stage.close());

describe('the channel of a pipeline', () => {
  const channels = () => mediaLiveChannelControl(stage.mediaLive);
  const inputs = () => mediaLiveInputControl(stage.mediaLive);
  const reaches = (state: string): Promise<void> => stage.until(`the channel to be ${state}`, async () => (await channels().state(pipeline.channelId)) === state);

  it('is described with what it would be billed for', async () => {
    const { inputs: attached, outputs } = await channels().describe(pipeline.channelId);

    expect(attached).toEqual([{ name: 'main', codec: 'AVC', resolution: 'SD', maximumBitrate: 'MAX_10_MBPS' }]);
    expect(outputs.map(({ outputGroup, heightPixels, bitsPerSecond }) => [outputGroup, heightPixels, bitsPerSecond])).toEqual([
      ['packager', 360, 600_000], ['packager', 240, 300_000], ['archive', 360, 600_000],
    ]);
  });

  it('is given stream names while it is idle', async () => {
    await inputs().rename(pipeline.inputId, ['live/new']);
    await inputs().rename(pipeline.inputId, ['live/new']);

    expect(await inputs().endpoints(pipeline.inputId)).toEqual([{ base: `rtmp://127.0.0.1:${stage.rtmpPort}` }]);
  });

  it('is started and stopped, each as often as asked', async () => {
    await channels().start(pipeline.channelId);
    await channels().start(pipeline.channelId);
    await reaches('RUNNING');
    await channels().start(pipeline.channelId);

    await channels().stop(pipeline.channelId);
    await channels().stop(pipeline.channelId);
    await reaches('IDLE');
    await channels().stop(pipeline.channelId);
  });

  it('fails to be found when it is not there', async () => {
    await expect(channels().state('404404')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(inputs().endpoints('404404')).rejects.toMatchObject({ name: 'NotFound' });
  });
});
