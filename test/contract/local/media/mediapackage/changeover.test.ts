import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeChunks, type EncodedRung } from '../../../../support/media/encoded-chunks.ts';
import { startPackagerStage, type ChunkEncoder, type PackagerStage } from '../../../../support/media/packager-stage.ts';

jest.setTimeout(60_000);

const run = promisify(execFile);
const seconds = 20;
let folder: string;
let encodes: readonly (readonly EncodedRung[])[];
let stage: PackagerStage;
let encoders: readonly ChunkEncoder[];
let manifests: { readonly hls: string; readonly dash: string; readonly mss: string; readonly cmaf: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'changeover-'));
  // The second encoder's frames of sound lie elsewhere, as those of one that began at another moment do.
  encodes = await Promise.all([encodeChunks(join(folder, '0'), seconds), encodeChunks(join(folder, '1'), seconds, { audioDelayMilliseconds: 7 })]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  stage = await startPackagerStage();
  encoders = encodes.map((rungs, input) => stage.encoder(input, rungs));
  for (const encoder of encoders) await encoder.begin();
  const [hls, dash, mss, cmaf] = [
    await stage.endpoint('hls', { HlsPackage: { SegmentDurationSeconds: 2 } }), await stage.endpoint('dash', { DashPackage: {} }),
    await stage.endpoint('mss', { MssPackage: {} }), await stage.endpoint('cmaf', { CmafPackage: { SegmentDurationSeconds: 2, HlsManifests: [{ Id: 'main' }] } }),
  ];
  manifests = { hls: hls.Url!, dash: dash.Url!, mss: mss.Url!, cmaf: cmaf.CmafPackage!.HlsManifests![0]!.Url! };
});

afterEach(() => stage.close());

/** Both encoders push in step. */
const pushBoth = async (from: number, to: number): Promise<void> => {
  for (let index = from; index < to; index += 1) for (const encoder of encoders) await encoder.push(index, index + 1);
};
const text = async (address: string): Promise<string> => (await fetch(address)).text();
const track = async (name: string): Promise<Buffer> => {
  const playlist = await text(new URL(`index_${name}.m3u8`, manifests.cmaf).href);
  expect(playlist).not.toContain('DISCONTINUITY');
  const files = [/URI="([^"]+)"/.exec(playlist)![1]!, ...playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'))];
  return Buffer.concat(await Promise.all(files.map(async (file) => Buffer.from(await (await fetch(new URL(file, manifests.cmaf))).arrayBuffer()))));
};
const times = async (media: Buffer): Promise<readonly number[]> => {
  const file = join(folder, 'probed.mp4');
  await writeFile(file, media);
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file]);
  return stdout.trim().split('\n').map(Number).toSorted((one, other) => one - other);
};
const steps = (all: readonly number[]): readonly number[] => all.slice(1).map((time, index) => time - all[index]!);
const switches = () => stage.events.filter(({ detail }) => detail['event'] === 'InputSwitchEvent');

describe('two ingest streams', () => {
  it('are one stream while both come in', async () => {
    await pushBoth(0, 10);

    expect(await times(await track('video_1'))).toHaveLength(600);
    expect(switches()).toEqual([]);
  });

  it('change over without a gap or a copy when the active one dies', async () => {
    await pushBoth(0, 5);
    await encoders[1]!.push(5, 10);

    for (const name of ['video_1', 'video_2']) {
      const pictures = await times(await track(name));
      // The last chunk is held until it is clear that the other encoder has nothing, which it is from then on.
      expect(pictures.length).toBeGreaterThanOrEqual(540);
      expect(Math.max(...steps(pictures))).toBeCloseTo(1 / 30, 4);
      expect(Math.min(...steps(pictures))).toBeCloseTo(1 / 30, 4);
    }
    const sound = steps(await times(await track('audio_1')));
    expect(Math.max(...sound)).toBeLessThan(1.5 * (1024 / 48_000));
    expect(Math.min(...sound)).toBeGreaterThan(0.5 * (1024 / 48_000));
  });

  it('change over in every manifest alike', async () => {
    await pushBoth(0, 5);
    await encoders[1]!.push(5, 10);

    const [dash, mss, hls] = [await text(manifests.dash), await text(manifests.mss), await text(new URL('index_1.m3u8', manifests.hls).href)];

    expect(dash.match(/<Period /g)).toHaveLength(1);
    expect(dash).toMatch(/<S t="\d+" d="180000" r="[89]"\/>/);
    expect(mss.split('Type="audio"')[0]!.match(/d="20000000"/g)!.length).toBeGreaterThanOrEqual(7);
    expect(hls).not.toContain('DISCONTINUITY');
  });

  it('tell the change once in five minutes, for each endpoint', async () => {
    await pushBoth(0, 3);
    await encoders[1]!.push(3, 5);
    await encoders[0]!.push(5, 8);
    await encoders[1]!.push(8, 10);

    const [previous, current] = stage.channel.HlsIngest!.IngestEndpoints!.map(({ Id }) => Id);

    expect(switches()).toHaveLength(4);
    expect(switches()[0]).toMatchObject({
      source: 'aws.mediapackage', detailType: 'MediaPackage Input Notification', resources: [expect.stringMatching(/:origin_endpoints\/[0-9a-f]{32}$/)],
      detail: { EventDetails: { Channel: 'stage', PreviousIngestEndpoint: previous, CurrentIngestEndpoint: current } },
    });
  });

  it('take turns where each lacks what the other has', async () => {
    await pushBoth(0, 3);
    await encoders[1]!.push(3, 6);
    await encoders[0]!.push(5, 9);
    await encoders[0]!.end();

    const pictures = await times(await track('video_1'));

    expect(Math.max(...steps(pictures))).toBeCloseTo(1 / 30, 4);
    expect(Math.min(...steps(pictures))).toBeCloseTo(1 / 30, 4);
    expect(pictures.length).toBeGreaterThanOrEqual(480);
  });

  it('refuse more renditions than a channel takes', async () => {
    const [rung] = encodes[0]!;

    await stage.encoder(0, Array.from({ length: 21 }, () => rung!)).begin();

    expect(stage.events).toMatchObject([{ detail: { event: 'MaxIngestStreamsError' } }]);
  });

  it('count bytes of both, each under its ingest endpoint', async () => {
    await pushBoth(0, 2);
    const sum = (dimensions: Record<string, string>) => stage.metrics.filter((metric) => metric.name === 'IngressBytes' && JSON.stringify(metric.dimensions) === JSON.stringify(dimensions)).reduce((total, { value }) => total + value, 0);

    const each = stage.channel.HlsIngest!.IngestEndpoints!.map(({ Id }) => sum({ Channel: 'stage', IngestEndpoint: Id! }));

    expect(Math.min(...each)).toBeGreaterThan(0);
    expect(sum({ Channel: 'stage' })).toBe(each[0]! + each[1]!);
  });
});
