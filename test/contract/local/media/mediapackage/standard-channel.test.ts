import { CreateChannelCommand as CreatePackagerCommand, CreateOriginEndpointCommand, DescribeChannelCommand as DescribePackagerCommand } from '@aws-sdk/client-mediapackage';
import { StartChannelCommand, StopChannelCommand } from '@aws-sdk/client-medialive';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childrenWith } from '../../../../support/media/child-processes.ts';
import { reaches } from '../../../../support/media/channel-declaration.ts';
import { startMediaStage, type MediaStage } from '../../../../support/media/media-stage.ts';
import { pushTestCard, type TestCard } from '../../../../support/media/test-card.ts';
import { createTwoInputChannel } from '../../../../support/media/two-input-pipeline.ts';

jest.setTimeout(90_000);

let stage: MediaStage;
let manifest: string;
let channelId: string;
let cards: readonly TestCard[];

beforeEach(async () => {
  stage = await startMediaStage();
  await stage.mediaPackage.send(new CreatePackagerCommand({ Id: 'stage' }));
  const { CmafPackage } = await stage.mediaPackage.send(new CreateOriginEndpointCommand({ Id: 'cmaf', ChannelId: 'stage', CmafPackage: { SegmentDurationSeconds: 2, HlsManifests: [{ Id: 'main', PlaylistWindowSeconds: 60 }] } }));
  manifest = CmafPackage!.HlsManifests![0]!.Url!;
  ({ channelId } = await createTwoInputChannel(stage, { channelClass: 'STANDARD' }));
  await stage.mediaLive.send(new StartChannelCommand({ ChannelId: channelId }));
  await reaches(stage, channelId, 'RUNNING');
  cards = ['a', 'b'].map((source) => pushTestCard(`rtmp://127.0.0.1:${stage.rtmpPort}/primary/${source}`, 60));
});

afterEach(async () => {
  for (const card of cards) card.stop();
  await stage.close();
});

const playlist = async (name: string): Promise<string> => {
  const response = await fetch(new URL(`index_${name}.m3u8`, manifest));
  return response.ok ? response.text() : '';
};
const filesIn = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const reachesSegments = (count: number) => stage.until(`${count} segments`, async () => filesIn(await playlist('video_1')).length >= count, 40_000);
const times = async (name: string): Promise<readonly number[]> => {
  const text = await playlist(name);
  const media = await Promise.all([/URI="([^"]+)"/.exec(text)![1]!, ...filesIn(text)].map(async (file) => Buffer.from(await (await fetch(new URL(file, manifest))).arrayBuffer())));
  const file = join(stage.folder, 'probed.mp4');
  await writeFile(file, Buffer.concat(media));
  const { stdout } = await promisify(execFile)('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file]);
  return stdout.trim().split('\n').map(Number).toSorted((one, other) => one - other);
};
/** The pipeline whose ingest endpoint is packaged: the one that was the first to send. */
const packagedPipeline = async (): Promise<number> => {
  const { HlsIngest } = await stage.mediaPackage.send(new DescribePackagerCommand({ Id: 'stage' }));
  const active = stage.metrics.findLast(({ name, value }) => name === 'ActiveInput' && value === 1);
  return HlsIngest!.IngestEndpoints!.findIndex(({ Id }) => Id === active?.dimensions['IngestEndpoint']);
};
const steps = (all: readonly number[]): readonly number[] => all.slice(1).map((time, index) => time - all[index]!);

describe('a STANDARD channel at the packager', () => {
  it('is shown without a gap when the encoder that it is packaged from dies', async () => {
    await reachesSegments(3);
    const packaged = await packagedPipeline();

    for (const pid of childrenWith(`${channelId}-`).filter((one) => childrenWith(`/${packaged}-1/`).includes(one))) process.kill(pid, 'SIGKILL');
    await reachesSegments(8);
    await stage.mediaLive.send(new StopChannelCommand({ ChannelId: channelId }));
    await reaches(stage, channelId, 'IDLE');

    for (const name of ['video_1', 'video_2']) {
      const pictures = steps(await times(name));
      expect(Math.max(...pictures)).toBeCloseTo(1 / 30, 3);
      expect(Math.min(...pictures)).toBeCloseTo(1 / 30, 3);
    }
    // The two encoders' frames of sound need not lie on one grid: half a frame may be missing, or shown twice. An encoder stretches
    // sound that drifts, by less than 2 ms a frame; only where its input begins, in the first seconds, it may jump.
    const sound = await times('audio_1');
    const soundSteps = steps(sound.filter((time) => time > sound[0]! + 4));
    expect(Math.max(...soundSteps)).toBeLessThan(1.5 * (1024 / 48_000) + 0.002);
    expect(Math.min(...soundSteps)).toBeGreaterThan(0.5 * (1024 / 48_000) - 0.002);
    expect(await playlist('video_1')).not.toContain('DISCONTINUITY');
    expect(stage.events.filter(({ detail }) => detail['event'] === 'InputSwitchEvent')).toHaveLength(1);
  });
});
