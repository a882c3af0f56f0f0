import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CreateOriginEndpointCommandInput } from '@aws-sdk/client-mediapackage';
import { encodeChunks, type EncodedRung } from '../../../../support/media/encoded-chunks.ts';
import { showStart, startPackagerStage, type ChunkEncoder, type PackagerStage } from '../../../../support/media/packager-stage.ts';

jest.setTimeout(60_000);

const run = promisify(execFile);
const seconds = 16;
let folder: string;
let rungs: readonly EncodedRung[];
let stage: PackagerStage;
let encoder: ChunkEncoder;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'formats-'));
  rungs = await encodeChunks(join(folder, 'show'), seconds);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  stage = await startPackagerStage();
  encoder = stage.encoder(0, rungs);
});

afterEach(() => stage.close());

const url = async (packaging: Partial<CreateOriginEndpointCommandInput>): Promise<string> => {
  const { Url, CmafPackage } = await stage.endpoint('show', packaging);
  return Url ?? CmafPackage!.HlsManifests![0]!.Url!;
};
const show = async (): Promise<void> => {
  await encoder.begin();
  await encoder.push(0, seconds / 2);
};
const text = async (address: string): Promise<string> => {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  return response.text();
};
const bytes = async (address: string): Promise<Buffer> => {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};
/** Times of packets in presentation order, in seconds. */
const packetTimes = async (media: Buffer): Promise<readonly { readonly at: number; readonly length: number }[]> => {
  const file = join(folder, 'probed.mp4');
  await writeFile(file, media);
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0', file]);
  const lines = stdout.trim().split('\n').map((line) => line.split(',').map(Number));
  return lines.map(([at = NaN, length = NaN]) => ({ at, length })).toSorted((one, other) => one.at - other.at);
};
/** Plays all of a presentation; resolves to what the player complained about. */
const complaintsOf = async (address: string, ...options: readonly string[]): Promise<string> => (await run('ffmpeg', ['-nostdin', '-v', 'warning', ...options, '-i', address, '-t', String(seconds - 6), '-map', '0:v:0', '-map', '0:a:0', '-f', 'null', '-'])).stderr;
const longestGap = (times: readonly { readonly at: number }[]): number => Math.max(...times.slice(1).map(({ at }, index) => at - times[index]!.at));

const hlsManifests = [{ Id: 'main', PlaylistWindowSeconds: 60 }];
const cmafTrack = async (manifest: string, name: string): Promise<Buffer> => {
  const playlist = await text(new URL(`index_${name}.m3u8`, manifest).href);
  const files = [/URI="([^"]+)"/.exec(playlist)![1]!, ...playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'))];
  return Buffer.concat(await Promise.all(files.map((file) => bytes(new URL(file, manifest).href))));
};

describe('an origin endpoint', () => {
  it('packages CMAF whose tracks have no gap', async () => {
    const manifest = await url({ CmafPackage: { SegmentDurationSeconds: 6, HlsManifests: hlsManifests } });
    await show();

    for (const name of ['video_1', 'video_2']) {
      const pictures = await packetTimes(await cmafTrack(manifest, name));
      expect(pictures).toHaveLength(360);
      expect(longestGap(pictures)).toBeCloseTo(1 / 30, 4);
    }
    expect(longestGap(await packetTimes(await cmafTrack(manifest, 'audio_1')))).toBeCloseTo(1024 / 48_000, 4);
  });

  it('packages CMAF that a player plays without complaint', async () => {
    const manifest = await url({ CmafPackage: { SegmentDurationSeconds: 2, HlsManifests: hlsManifests } });
    await show();

    expect(await complaintsOf(manifest, '-live_start_index', '0')).toBe('');
    expect(await text(manifest)).toMatch(/TYPE=AUDIO.*CHANNELS="2".*URI="index_audio_1\.m3u8"/);
  });

  it('packages DASH that a player plays without complaint', async () => {
    const manifest = await url({ DashPackage: {} });
    await show();

    expect(await complaintsOf(manifest)).toBe('');
  });

  it('says in DASH when media begin and how long they last', async () => {
    const manifest = await url({ DashPackage: { SegmentDurationSeconds: 2, MinUpdatePeriodSeconds: 4, UtcTiming: 'HTTP-XSDATE', UtcTimingUri: 'https://time.example/now' } });
    await show();

    const description = await text(manifest);

    expect(description).toMatch(/type="dynamic"/);
    expect(description).toMatch(/minimumUpdatePeriod="PT4S" timeShiftBufferDepth="PT60S" suggestedPresentationDelay="PT25S" minBufferTime="PT30S"/);
    expect(description).toContain('<UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-xsdate:2014" value="https://time.example/now"/>');
    expect(description.match(/<Period /g)).toHaveLength(1);
    expect(description.match(/<S t="\d+" d="180000" r="7"\/>/g)).toHaveLength(2);
    const [, start = ''] = /availabilityStartTime="([^"]+)"/.exec(description) ?? [];
    const [, first = ''] = /<S t="(\d+)" d="180000"/.exec(description) ?? [];
    expect(Date.parse(start) + Number(first) / 90).toBeCloseTo(showStart, -1);
  });

  it('names DASH segments by their time when asked to', async () => {
    const manifest = await url({ DashPackage: { SegmentTemplateFormat: 'TIME_WITH_TIMELINE' } });
    await show();

    const description = await text(manifest);
    const [, time = ''] = /<S t="(\d+)" d="180000"/.exec(description) ?? [];

    expect(description).toContain('media="index_video_1_$Time$.mp4?m=');
    expect((await fetch(new URL(`index_video_1_${time}.mp4`, manifest))).status).toBe(200);
    expect((await fetch(new URL(`index_video_1_${Number(time) + 1}.mp4`, manifest))).status).toBe(404);
  });

  it('packages Smooth Streaming whose fragments are where its manifest says', async () => {
    const manifest = await url({ MssPackage: { SegmentDurationSeconds: 2 } });
    await show();

    const description = await text(manifest);
    const rates = [...description.matchAll(/Bitrate="(\d+)" FourCC="H264"/g)].map(([, rate]) => rate);
    const times = [...description.split('Type="audio"')[0]!.matchAll(/<c t="(\d+)" d="20000000"\/>/g)].map(([, time]) => time);

    expect(manifest).toMatch(/\/index\.ism\/Manifest$/);
    expect(rates).toEqual(['300000', '120000']);
    expect(times).toHaveLength(6);
    for (const rate of rates) {
      const fragment = await bytes(new URL(`QualityLevels(${rate})/Fragments(video=${times[1]})`, manifest).href);
      const timeBox = fragment.indexOf(Buffer.from('6d1d9b0542d544e680e2141daff757b2', 'hex'));
      const nextBox = fragment.indexOf(Buffer.from('d4807ef2ca3946958e5426cb9e46a79f', 'hex'));
      expect(String(fragment.readBigUInt64BE(timeBox + 20))).toBe(times[1]);
      expect([fragment.readUInt8(nextBox + 20), String(fragment.readBigUInt64BE(nextBox + 21))]).toEqual([2, times[2]]);
    }
  });

  it('offers the renditions that it selects, in its order', async () => {
    const manifest = await url({ HlsPackage: { StreamSelection: { StreamOrder: 'VIDEO_BITRATE_ASCENDING', MaxVideoBitsPerSecond: 600_000 } } });
    await show();

    expect([...(await text(manifest)).matchAll(/RESOLUTION=(\S+?),/g)].map(([, size]) => size)).toEqual(['192x108', '320x180']);
  });

  it('begins a period and a header of their own where the codec changes', async () => {
    const dash = await url({ DashPackage: {} });
    const { CmafPackage } = await stage.endpoint('cmaf', { CmafPackage: { SegmentDurationSeconds: 2, HlsManifests: hlsManifests } });
    await show();
    const other = stage.encoder(0, await encodeChunks(join(folder, 'other'), 4, { profile: 'main' }), showStart + seconds * 1000);
    // The other encoder of the show keeps it alive while this one is changed.
    await stage.encoder(1, rungs).begin();
    await other.begin();

    await other.push(0, 2);

    expect((await text(dash)).match(/<Period id="\d" start="PT[\d.]+S"/g)).toHaveLength(2);
    expect(await text(new URL('index_video_1.m3u8', CmafPackage!.HlsManifests![0]!.Url).href)).toMatch(/#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="\.\.\/stage_video_1_init_1\.mp4/);
  });

  it('packages each segment once for those who ask together', async () => {
    const manifest = await url({ DashPackage: {} });
    await show();

    const copies = await Promise.all(Array.from({ length: 12 }, () => bytes(new URL('index_video_1_2.mp4', manifest).href)));

    expect(copies.every((copy) => copy.equals(copies[0]!))).toBe(true);
  });

  it('shows nothing of an earlier show in any format', async () => {
    const manifests = [await url({ DashPackage: {} }), (await stage.endpoint('mss', { MssPackage: {} })).Url!, (await stage.endpoint('hls', { HlsPackage: { SegmentDurationSeconds: 2 } })).Url!];
    await show();
    await encoder.end();
    stage.now += 5000;

    await stage.encoder(0, rungs, stage.now).begin();

    for (const manifest of manifests) expect((await fetch(manifest)).status).toBe(404);
  });

  it.each([
    ['an unknown endpoint', (manifest: string) => manifest.replace(/[0-9a-f]{32}/, '0'.repeat(32)), 404],
    ['a segment that is not there', (manifest: string) => new URL('index_video_1_99.mp4', manifest).href, 404],
    ['a track that is not there', (manifest: string) => new URL('index_video_7_1.mp4', manifest).href, 404],
    ['a header that is not there', (manifest: string) => new URL('index_video_1_init_4.mp4', manifest).href, 404],
    ['a name that cannot be decoded', (manifest: string) => new URL('%E0%A4%A', manifest).href, 404],
    ['a time that cannot be read', (manifest: string) => `${manifest}?start=yesterday`, 400],
    ['an end before its start', (manifest: string) => `${manifest}?start=1767268810&end=1767268805`, 400],
    ['more than a day', (manifest: string) => `${manifest}?start=1767168810&end=1767268805`, 400],
    ['a start where none is offered', (manifest: string) => `${manifest}?start=1767268802`, 404],
  ])('refuses %s', async (_, addressOf, status) => {
    const manifest = await url({ DashPackage: {} });
    await show();

    expect((await fetch(addressOf(manifest))).status).toBe(status);
  });

  it('refuses addresses that its whitelist does not name', async () => {
    const open = await url({ DashPackage: {}, Whitelist: ['127.0.0.0/8'] });
    const closed = (await stage.endpoint('closed', { DashPackage: {}, Whitelist: ['192.0.2.0/24'] })).Url!;
    await show();

    expect([(await fetch(open)).status, (await fetch(closed)).status]).toEqual([200, 403]);
  });
});
