import { BatchUpdateScheduleCommand, DescribeThumbnailsCommand, StartChannelCommand, StopChannelCommand } from '@aws-sdk/client-medialive';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { probeMedia } from '../../../../local/media/processes/probe-media.ts';
import { childrenWith } from '../../../support/media/child-processes.ts';
import { reaches } from '../../../support/media/channel-declaration.ts';
import { startEncoderStage, type EncoderStage } from '../../../support/media/encoder-stage.ts';
import { archiveBucket } from '../../../support/media/media-stage.ts';
import { pushTestCard, type TestCard } from '../../../support/media/test-card.ts';
import { createTwoInputChannel, defaultFailover, type TwoInputOptions } from '../../../support/media/two-input-pipeline.ts';

jest.setTimeout(60_000);

let stage: EncoderStage;
let channelId: string;
let cards: TestCard[];

beforeEach(async () => {
  cards = [];
  stage = await startEncoderStage();
});

afterEach(async () => {
  for (const card of cards) card.stop();
  await stage.close();
});

const run = async (options: TwoInputOptions = {}): Promise<void> => {
  ({ channelId } = await createTwoInputChannel(stage, options));
  await stage.mediaLive.send(new StartChannelCommand({ ChannelId: channelId }));
  await reaches(stage, channelId, 'RUNNING');
};
const stop = async (): Promise<void> => {
  await stage.mediaLive.send(new StopChannelCommand({ ChannelId: channelId }));
  await reaches(stage, channelId, 'IDLE');
};
const push = (name: string, options: Parameters<typeof pushTestCard>[2] = {}): TestCard => {
  const card = pushTestCard(`rtmp://127.0.0.1:${stage.rtmpPort}/${name}`, 60, options);
  cards.push(card);
  return card;
};
const details = (detailType: string) => stage.events.filter((event) => event.detailType === detailType).map(({ detail }) => detail);
const inputChanges = () => details('MediaLive Channel Input Change').map(({ pipeline, active_input_attachment_name: input }) => [pipeline, input]);
const alerts = () => details('MediaLive Channel Alert').map(({ alarm_state: state, alert_type: type }) => `${String(state)} ${String(type)}`);
const frameRates = (pipeline = '0', label?: string) => stage.metrics.filter(({ name, dimensions }) => name === 'InputVideoFrameRate' && dimensions['Pipeline'] === pipeline && dimensions['ActiveInputFailoverLabel'] === label).map(({ value }) => value);
const arrives = (count: number, pipeline = '0') => stage.until(`${count} inputs to arrive at pipeline ${pipeline}`, () => frameRates(pipeline).slice(-count).every((rate) => rate > 20) && frameRates(pipeline).length >= count);
const chunks = (count: number, endpoint = 0) => stage.until(`${count} chunks at endpoint ${endpoint}`, () => stage.packager.segments(endpoint).length >= count);
const durationOf = async (bytes: Uint8Array): Promise<number> => {
  const file = join(stage.folder, 'probed.ts');
  await writeFile(file, bytes);
  return (await probeMedia('ffprobe', file)).durationMilliseconds;
};

describe('two inputs on real media', () => {
  it('go over and back without a gap in the output', async () => {
    await run({ failover: { ...defaultFailover, ErrorClearTimeMsec: 2000 } });
    const primary = push('primary/a');
    push('backup/a');
    await arrives(2);

    primary.stop();
    await stage.until('the failover', () => inputChanges().length === 1);
    push('primary/a');
    await stage.until('the way back', () => inputChanges().length === 2);
    await chunks(stage.packager.segments(0).length + 1);
    await stop();

    expect(inputChanges()).toEqual([['0', 'backup'], ['0', 'primary']]);
    expect(alerts()).toEqual(expect.arrayContaining(['SET RTMP Has No Audio/Video', 'SET Input Failed Over', 'CLEARED RTMP Has No Audio/Video', 'CLEARED Input Failed Over']));
    const segments = stage.packager.segments(0);
    expect(segments.some(({ isDiscontinuous }) => isDiscontinuous)).toBe(false);
    const listed = segments.reduce((sum, { durationMilliseconds }) => sum + durationMilliseconds, 0);
    expect(Math.abs((await durationOf(stage.packager.stream(0))) - listed)).toBeLessThan(150);
    expect(stage.metrics.filter(({ name }) => name === 'PrimaryInputActive').map(({ value }) => value)).toEqual(expect.arrayContaining([0, 1]));
    expect(frameRates('0', 'backup').length).toBeGreaterThan(0);
  });

  it('switch by the schedule, with a thumbnail of what is active', async () => {
    await run({ failover: { ...defaultFailover, InputPreference: 'EQUAL_INPUT_PREFERENCE' }, encoder: { ThumbnailConfiguration: { State: 'AUTO' } } });
    push('primary/a');
    push('backup/a', { size: '320x240', sound: false });
    await arrives(2);

    await stage.mediaLive.send(new BatchUpdateScheduleCommand({ ChannelId: channelId, Creates: { ScheduleActions: [{ ActionName: 'now', ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: 'backup' } }, ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} } }] } }));
    const thumbnail = async () => (await stage.mediaLive.send(new DescribeThumbnailsCommand({ ChannelId: channelId, PipelineId: '0', ThumbnailType: 'CURRENT_ACTIVE' }))).ThumbnailDetails?.[0]?.Thumbnails?.[0]?.Body ?? '';
    await stage.until('a thumbnail', async () => (await thumbnail()) !== '');
    const jpeg = Buffer.from(await thumbnail(), 'base64');
    await stop();

    expect(inputChanges()).toEqual([['0', 'backup']]);
    expect(details('MediaLive Channel Input Change')[0]).toMatchObject({ active_input_switch_action_name: 'now' });
    expect([jpeg[0], jpeg[1]]).toEqual([0xff, 0xd8]);
  });

  it('give way to black and silence when neither comes', async () => {
    await run();

    await chunks(2);
    await stop();

    expect(alerts()).toEqual(expect.arrayContaining(['SET Video Not Detected', 'SET Audio Not Detected', 'CLEARED Video Not Detected']));
    expect(frameRates()).toEqual([]);
    expect(stage.metrics.filter(({ name }) => name === 'FillMsec').at(-1)!.value).toBeGreaterThan(0);
    expect(await durationOf(stage.packager.stream(0))).toBeGreaterThan(3500);
  });
});

describe('a STANDARD channel on real media', () => {
  it('feeds both ingest endpoints with chunks on one grid, and both archives', async () => {
    await run({ channelClass: 'STANDARD' });
    push('primary/a');
    push('primary/b');
    await Promise.all([chunks(3, 0), chunks(3, 1)]);
    await stage.until('the pipelines to be locked', () => stage.metrics.some(({ name, value }) => name === 'PipelinesLocked' && value === 1));
    await stop();

    const times = [0, 1].map((endpoint) => stage.packager.segments(endpoint).map(({ programDateTime }) => programDateTime!));
    expect(times[0]!.filter((time) => times[1]!.includes(time)).length).toBeGreaterThanOrEqual(2);
    const keys = ((await stage.s3.send(new ListObjectsV2Command({ Bucket: archiveBucket }))).Contents ?? []).map(({ Key }) => Key!);
    expect(keys.map((key) => key.slice(0, 7)).toSorted()).toEqual(['live/a-', 'live/b-']);
    expect(stage.events.filter(({ detailType }) => detailType === 'MediaLive Channel State Change').map(({ detail }) => [detail['state'], detail['pipelines_running_count']])).toEqual([['CREATED', 0], ['STARTING', 0], ['RUNNING', 2], ['STOPPING', 0], ['STOPPED', 0]]);
  });

  it('runs on with one pipeline while the other\'s encoder is down', async () => {
    await run({ channelClass: 'STANDARD' });
    const states = () => details('MediaLive Channel State Change').map(({ state, pipelines_running_count: running }) => [state, running]);
    await Promise.all([chunks(1, 0), chunks(1, 1)]);

    for (const pid of childrenWith(`${channelId}-`).filter((one) => childrenWith('/1-1/').includes(one))) process.kill(pid, 'SIGKILL');
    await stage.until('the pipeline to be back', () => states().filter(([state]) => state === 'RUNNING').length === 2);
    await chunks(stage.packager.segments(1).length + 1, 1);
    await stop();

    expect(states()).toEqual([['CREATED', 0], ['STARTING', 0], ['RUNNING', 2], ['RECOVERING', 1], ['RUNNING', 2], ['STOPPING', 0], ['STOPPED', 0]]);
    expect(alerts().filter((alert) => alert.endsWith('Encoder Failure'))).toEqual(['SET Encoder Failure', 'CLEARED Encoder Failure']);
    expect([0, 1].map((endpoint) => stage.packager.segments(endpoint).filter(({ isDiscontinuous }) => isDiscontinuous).length)).toEqual([0, 1]);
  });
});
