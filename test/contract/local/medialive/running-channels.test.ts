import { DescribeChannelCommand, DescribeThumbnailsCommand, ListAlertsCommand, RestartChannelPipelinesCommand, StartChannelCommand, StopChannelCommand, UpdateChannelCommand } from '@aws-sdk/client-medialive';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { readFileSync } from 'node:fs';
import { fakeRelays } from '../../../support/media/fake-relay.ts';
import { reaches } from '../../../support/media/channel-declaration.ts';
import { archiveBucket, startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';
import { aTwoInputChannel, createTwoInputPipeline, type TwoInputOptions, type TwoInputPipeline } from '../../../support/media/two-input-pipeline.ts';

let stage: MediaStage;
let relays: ReturnType<typeof fakeRelays>;
let channelId: string;
let pipeline: TwoInputPipeline;

beforeEach(async () => {
  relays = fakeRelays();
  stage = await startMediaStage(() => [], undefined, { createRelay: relays.create });
});

afterEach(() => stage.close());

const run = async (options: TwoInputOptions = {}): Promise<void> => {
  pipeline = await createTwoInputPipeline(stage, options);
  ({ channelId } = pipeline);
  await stage.mediaLive.send(new StartChannelCommand({ ChannelId: channelId }));
  await reaches(stage, channelId, 'RUNNING');
};
const stop = async (): Promise<void> => {
  await stage.mediaLive.send(new StopChannelCommand({ ChannelId: channelId }));
  await reaches(stage, channelId, 'IDLE');
};
const details = (detailType: string) => stage.events.filter((event) => event.detailType === detailType).map(({ detail }) => detail);
const alerts = () => details('MediaLive Channel Alert').map(({ alarm_state: state, alert_type: type, pipeline: id }) => [state, type, id]);
const states = () => details('MediaLive Channel State Change').map(({ state, pipelines_running_count: count }) => [state, count]);
const relay = (index = 0) => relays.made[index]!;
const points = (name: string, dimensions: object = {}) => stage.metrics.filter((metric) => metric.name === name && JSON.stringify(metric.dimensions) === JSON.stringify({ ChannelId: channelId, Pipeline: '0', ...dimensions })).map(({ value }) => value);

describe('a running channel of local MediaLive', () => {
  it('gives its pipelines one time origin and the declared failover', async () => {
    await run({ channelClass: 'STANDARD' });

    expect(relays.made).toHaveLength(2);
    expect(relay(0).options.origin).toBe(relay(1).options.origin);
    expect(relay(0).options).toMatchObject({
      inputs: [{ name: 'primary' }, { name: 'backup' }], failover: { preference: 'PRIMARY_INPUT_PREFERRED', errorClearMilliseconds: 30_000, inputLossMilliseconds: 3000 },
      lossBehaviour: { repeatFrameMilliseconds: 1000, blackFrameMilliseconds: 1000, image: { kind: 'COLOR', rgb: '000000' } }, video: { widthPixels: 640 },
    });
    expect((await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }))).PipelinesRunningCount).toBe(2);
  });

  it('tells a failover and the way back', async () => {
    await run();

    relay().say({ kind: 'INPUT_ACQUIRED', input: 'primary' });
    relay().say({ kind: 'INPUT_LOST', input: 'primary', cause: 'DISCONNECTED' });
    relay().say({ kind: 'ACTIVE_INPUT_CHANGED', input: 'backup', previous: 'primary', reason: 'FAILOVER' });
    relay().say({ kind: 'INPUT_ACQUIRED', input: 'primary' });
    relay().say({ kind: 'ACTIVE_INPUT_CHANGED', input: 'primary', previous: 'backup', reason: 'FAIL_BACK' });

    expect(alerts()).toEqual([
      ['SET', 'RTMP Has No Audio/Video', '0'], ['SET', 'Input Failed Over', '0'], ['CLEARED', 'RTMP Has No Audio/Video', '0'], ['CLEARED', 'Input Failed Over', '0'],
    ]);
    expect(details('MediaLive Channel Input Change').map(({ active_input_attachment_name: input, active_input_switch_action_name: action }) => [input, action])).toEqual([['backup', undefined], ['primary', undefined]]);
  });

  it('ends the alert of a failover between equals when the lost input is back', async () => {
    await run({ failover: { InputPreference: 'EQUAL_INPUT_PREFERENCE' } });

    relay().say({ kind: 'ACTIVE_INPUT_CHANGED', input: 'backup', previous: 'primary', reason: 'FAILOVER' });
    relay().say({ kind: 'INPUT_ACQUIRED', input: 'primary' });

    expect(alerts()).toEqual([['SET', 'Input Failed Over', '0'], ['CLEARED', 'Input Failed Over', '0']]);
  });

  it('tells black, silence, fill and what it cannot decode', async () => {
    await run();

    relay().say({ kind: 'BLACK_BEGAN', input: 'primary' });
    relay().say({ kind: 'BLACK_ENDED', input: 'primary' });
    relay().say({ kind: 'SILENCE_BEGAN', input: 'primary' });
    relay().say({ kind: 'SILENCE_ENDED', input: 'primary' });
    relay().say({ kind: 'FILL_BEGAN' });
    relay().say({ kind: 'FILL_ENDED', fillMilliseconds: 10 });
    relay().say({ kind: 'INPUT_UNSUPPORTED', input: 'backup', reason: 'HEVC' });

    expect(alerts().map(([state, type]) => `${String(state)} ${String(type)}`)).toEqual([
      'SET Black Video Detected', 'CLEARED Black Video Detected', 'SET Audio Not Detected', 'CLEARED Audio Not Detected',
      'SET Video Not Detected', 'SET Audio Not Detected', 'CLEARED Video Not Detected', 'CLEARED Audio Not Detected', 'SET Video Not Detected',
    ]);
  });

  it('pairs alerts by their id, lists them, and clears them at the stop', async () => {
    await run();
    relay().say({ kind: 'BLACK_BEGAN', input: 'primary' });
    relay().say({ kind: 'BLACK_ENDED', input: 'primary' });
    relay().say({ kind: 'FILL_BEGAN' });

    const list = async (StateFilter?: string) => (await stage.mediaLive.send(new ListAlertsCommand({ ChannelId: channelId, ...(StateFilter === undefined ? {} : { StateFilter }) }))).Alerts!;
    const [set, cleared, all] = [await list('SET'), await list('CLEARED'), await list()];
    await stop();

    const [raised, ended] = details('MediaLive Channel Alert');
    expect(raised!.alarm_id).toBe(ended!.alarm_id);
    expect(set.map(({ AlertType, State }) => [AlertType, State])).toEqual([['Video Not Detected', 'SET'], ['Audio Not Detected', 'SET']]);
    expect(cleared).toEqual([{ Id: raised!.alarm_id, AlertType: 'Black Video Detected', PipelineId: '0', State: 'CLEARED', Message: expect.any(String), SetTimestamp: expect.any(Date), ClearedTimestamp: expect.any(Date) }]);
    expect(all).toHaveLength(3);
    expect((await list('SET'))).toEqual([]);
    expect(alerts().slice(-2).map(([state]) => state)).toEqual(['CLEARED', 'CLEARED']);
  });

  it('recovers when an encode ends by itself', async () => {
    await run({ channelClass: 'STANDARD' });

    relay(1).say({ kind: 'ENCODER_CRASHED', report: { status: 'SIGKILL', complaint: '' } });

    expect(await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }))).toMatchObject({ State: 'RECOVERING', PipelinesRunningCount: 1 });
    expect(states().slice(-2)).toEqual([['RUNNING', 2], ['RECOVERING', 1]]);
    expect(alerts()).toEqual([['SET', 'Encoder Failure', '1']]);
    await stop();
    expect(states().slice(-2)).toEqual([['STOPPING', 0], ['STOPPED', 0]]);
  });

  it('restarts the pipeline that is asked for, on the same timeline', async () => {
    await run({ channelClass: 'STANDARD' });

    await stage.mediaLive.send(new RestartChannelPipelinesCommand({ ChannelId: channelId, PipelineIds: ['PIPELINE_1'] }));
    await stage.until('the pipeline to be up again', () => relays.made.length === 3);

    expect(relays.made.map(({ isEnded }) => isEnded)).toEqual([false, true, false]);
    expect(relay(2).options.origin).toBe(relay(0).options.origin);
    expect(states().slice(-2)).toEqual([['RECOVERING', 1], ['RUNNING', 2]]);
  });

  it('shows a thumbnail of the active input', async () => {
    await run();
    const describe = (PipelineId: string) => stage.mediaLive.send(new DescribeThumbnailsCommand({ ChannelId: channelId, PipelineId, ThumbnailType: 'CURRENT_ACTIVE' }));
    const before = await describe('0');
    relay().jpeg = Buffer.from('a picture');

    const { ThumbnailDetails } = await describe('0');

    expect(before.ThumbnailDetails).toEqual([]);
    expect(ThumbnailDetails).toEqual([{ PipelineId: '0', Thumbnails: [{ Body: Buffer.from('a picture').toString('base64'), ContentType: 'image/jpeg', ThumbnailType: 'CURRENT_ACTIVE', TimeStamp: expect.any(Date) }] }]);
    await expect(describe('1')).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  it('measures inputs apart by the active one\'s label', async () => {
    await run();
    relay().set('primary', { hasHadInput: true, pictures: 60, bytes: 1_000_000 });
    relay().set('backup', { hasHadInput: true, pictures: 0 });
    relay().fillMilliseconds = 90_000;
    relay().droppedFrames = 7;

    await stage.until('a sample', () => points('DroppedFrames').includes(7));

    expect(Math.max(...points('InputVideoFrameRate'))).toBeGreaterThan(40);
    expect(Math.min(...points('InputVideoFrameRate'))).toBe(0);
    expect(points('InputVideoFrameRate', { ActiveInputFailoverLabel: 'primary' })[0]).toBeGreaterThan(40);
    expect(points('InputVideoFrameRate', { ActiveInputFailoverLabel: 'backup' })).toEqual([]);
    expect(points('NetworkIn').some((value) => value > 6)).toBe(true);
    expect([points('PrimaryInputActive').at(-1), points('FillMsec').at(-1), points('ActiveAlerts').at(-1), points('SvqTime').at(-1)]).toEqual([1, 60_000, 0, 0]);
    expect(points('PipelinesLocked')).toEqual([]);
  });

  it('shows the backup as active only where the primary is preferred', async () => {
    await run();
    relay().say({ kind: 'ACTIVE_INPUT_CHANGED', input: 'backup', previous: 'primary', reason: 'FAILOVER' });

    await stage.until('a sample', () => points('PrimaryInputActive').includes(0));
    await stop();
  });

  it('publishes no preference where there is none', async () => {
    await run({ failover: { InputPreference: 'EQUAL_INPUT_PREFERENCE' } });

    await stage.until('a sample', () => points('ActiveAlerts').length > 0);

    expect(points('PrimaryInputActive')).toEqual([]);
    expect(points('InputVideoFrameRate')).toEqual([]);
  });

  it('listens only to the active input where inputs are switched by hand', async () => {
    await run({ failover: null });
    relay().set('backup', { hasHadInput: true, pictures: 50 });

    relay().say({ kind: 'INPUT_LOST', input: 'backup', cause: 'DISCONNECTED' });
    const unwatched = alerts();
    relay().say({ kind: 'INPUT_LOST', input: 'primary', cause: 'STALLED' });
    relay().say({ kind: 'ACTIVE_INPUT_CHANGED', input: 'backup', previous: 'primary', reason: 'SCHEDULE' });
    await stage.until('a sample', () => points('InputVideoFrameRate').length > 0);

    expect(unwatched).toEqual([]);
    expect(alerts()).toEqual([['SET', 'RTMP Has No Audio/Video', '0'], ['CLEARED', 'RTMP Has No Audio/Video', '0']]);
  });

  it('tells a pipeline\'s failure once, however often it fails', async () => {
    await run();
    const crash = () => relay().say({ kind: 'ENCODER_CRASHED', report: { status: 1, complaint: 'broken' } });

    crash();
    crash();

    expect(states().slice(-2)).toEqual([['RUNNING', 1], ['RECOVERING', 0]]);
    expect(alerts()).toEqual([['SET', 'Encoder Failure', '0']]);
  });

  it('fetches the image that is shown without input, and shows black where there is none', async () => {
    const slate = (path: string) => ({ encoder: { GlobalConfiguration: { InputLossBehavior: { InputLossImageType: 'SLATE', InputLossImageSlate: { Uri: `s3ssl://${archiveBucket}/${path}` } } } } }) as const;
    await stage.s3.send(new PutObjectCommand({ Bucket: archiveBucket, Key: 'slate.png', Body: 'a picture' }));
    await run(slate('slate.png'));
    const found = relay().options.lossBehaviour.image;
    const picture = found.kind === 'SLATE' ? readFileSync(found.file, 'utf8') : '';
    await stop();
    const { primaryId, backupId } = pipeline;
    await stage.mediaLive.send(new UpdateChannelCommand({ ChannelId: channelId, EncoderSettings: aTwoInputChannel(primaryId, backupId, slate('none.png')).EncoderSettings }));
    await reaches(stage, channelId, 'IDLE');

    await stage.mediaLive.send(new StartChannelCommand({ ChannelId: channelId }));
    await reaches(stage, channelId, 'RUNNING');

    expect(picture).toBe('a picture');
    expect(relay(1).options.lossBehaviour.image).toEqual({ kind: 'COLOR', rgb: '000000' });
    expect(alerts()).toEqual([['SET', 'Input Image Missing', '0']]);
  });
});
