import { StartChannelCommand, StopChannelCommand } from '@aws-sdk/client-medialive';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMediaPlaylist } from '../../../../local/media/hls/media-playlist.ts';
import { readMultivariantPlaylist } from '../../../../local/media/hls/multivariant-playlist.ts';
import { probeMedia } from '../../../../local/media/processes/probe-media.ts';
import { createPipeline, reaches, rungs, type Pipeline } from '../../../support/media/channel-declaration.ts';
import { archiveBucket, startMediaStage, type MediaStage } from '../../../support/media/media-stage.ts';
import { pushTestCard } from '../../../support/media/test-card.ts';

jest.setTimeout(90_000);

let stage: MediaStage;
let pipeline: Pipeline;

beforeEach(async () => {
  stage = await startMediaStage();
  pipeline = await createPipeline(stage, { segmentSeconds: 2, rolloverSeconds: 4 });
});

afterEach(() => stage.close());

const text = async (url: string): Promise<string> => (await fetch(url)).text();
const streamUrl = (): string => `rtmp://127.0.0.1:${stage.rtmpPort}/live/secret`;
/** In real time, as the channel encodes. Resolves when the encoder has sent all of it. */
const push = async (seconds: number, options: Parameters<typeof pushTestCard>[2] = {}): Promise<void> => {
  await pushTestCard(streamUrl(), seconds, options).exit;
};
const start = async (): Promise<void> => {
  await stage.mediaLive.send(new StartChannelCommand({ ChannelId: pipeline.channelId }));
  await reaches(stage, pipeline.channelId, 'RUNNING');
};
const stop = async (): Promise<void> => {
  await stage.mediaLive.send(new StopChannelCommand({ ChannelId: pipeline.channelId }));
  await reaches(stage, pipeline.channelId, 'IDLE');
};
const archiveKeys = async (): Promise<string[]> => ((await stage.s3.send(new ListObjectsV2Command({ Bucket: archiveBucket }))).Contents ?? []).map(({ Key }) => Key!);
const sum = (name: string, dimensions: Record<string, string>): number =>
  stage.metrics.filter((metric) => metric.name === name && JSON.stringify(metric.dimensions) === JSON.stringify(dimensions)).reduce((total, { value }) => total + value, 0);
const events = (detailType: string): Record<string, unknown>[] => stage.events.filter((event) => event.detailType === detailType).map(({ detail }) => detail);

const durationOf = (segments: readonly { readonly durationMilliseconds: number }[]): number => segments.reduce((total, { durationMilliseconds }) => total + durationMilliseconds, 0);
const segmentsOf = async (rendition: number) => readMediaPlaylist(await text(pipeline.url.replace('index.m3u8', `index_${rendition}.m3u8`)))!.segments;
const fetchSegments = async (rendition: number): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for (const { uri } of await segmentsOf(rendition)) parts.push(Buffer.from(await (await fetch(new URL(uri, pipeline.url))).arrayBuffer()));
  return Buffer.concat(parts);
};
const probeBytes = async (bytes: Uint8Array) => {
  const file = join(stage.folder, 'probed.ts');
  await writeFile(file, bytes);
  return probeMedia('ffprobe', file);
};

describe('a live show on local media services', () => {
  it('becomes HLS that agrees with the ladder, an archive, and metrics of every byte', async () => {
    await start();
    await push(7);
    await stop();

    const streams = readMultivariantPlaylist(await text(pipeline.url))!;
    expect(streams.map(({ uri, widthPixels, heightPixels, codecs }) => ({ uri, widthPixels, heightPixels, codecs }))).toEqual([
      { uri: 'index_1.m3u8', widthPixels: 640, heightPixels: 360, codecs: 'avc1.64001E,mp4a.40.2' },
      { uri: 'index_2.m3u8', widthPixels: 426, heightPixels: 240, codecs: 'avc1.640015,mp4a.40.2' },
    ]);
    const listed = durationOf(await segmentsOf(1));
    expect(listed).toBeGreaterThan(6000);
    for (const [index, rung] of rungs.entries()) {
      const probe = await probeBytes(await fetchSegments(index + 1));
      expect(probe.streams.find(({ codec_type: kind }) => kind === 'video')).toMatchObject({ codec_name: 'h264', width: rung.width, height: rung.height, avg_frame_rate: '30/1' });
      expect(Math.abs(probe.durationMilliseconds - listed)).toBeLessThan(150);
    }

    const keys = await archiveKeys();
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(keys[0]).toMatch(/^live\/stage-\d{8}T\d{6}\.000000\.ts$/);
    const objects = await Promise.all(keys.map(async (Key) => (await stage.s3.send(new GetObjectCommand({ Bucket: archiveBucket, Key }))).Body!.transformToByteArray()));
    expect(Math.abs((await probeBytes(Buffer.concat(objects))).durationMilliseconds - listed)).toBeLessThan(150);

    expect(events('MediaLive Channel State Change').map(({ state, pipelines_running_count: running }) => [state, running])).toEqual([['CREATED', 0], ['STARTING', 0], ['RUNNING', 1], ['STOPPING', 0], ['STOPPED', 0]]);
    expect(events('MediaLive Channel Alert').filter(({ alert_type: type }) => String(type).startsWith('Failed'))).toEqual([]);
    const rendered = await fetchSegments(1);
    expect(sum('IngressBytes', { Channel: pipeline.packagerId })).toBeGreaterThan(rendered.length);
    expect(sum('InputVideoFrameRate', { ChannelId: pipeline.channelId, Pipeline: '0' })).toBeGreaterThan(0);
  });

  it('counts exactly the bytes of bodies that it sent', async () => {
    await start();
    await push(5);
    await stop();
    const endpoint = { Channel: pipeline.packagerId, OriginEndpoint: `${pipeline.packagerId}-hls` };
    const requestsBefore = sum('EgressRequestCount', {});
    const urls = [pipeline.url, pipeline.url.replace('index.m3u8', 'index_1.m3u8'), ...(await segmentsOf(1)).map(({ uri }) => new URL(uri, pipeline.url).href)];
    // A response is counted when its last byte is sent, which its receiver may see first.
    await stage.until('the playlist to be counted', () => sum('EgressRequestCount', {}) > requestsBefore);
    const before = { bytes: sum('EgressBytes', endpoint), requests: sum('EgressRequestCount', {}) };

    let received = 0;
    for (const url of urls) received += (await (await fetch(url)).arrayBuffer()).byteLength;
    const missing = await fetch(`${pipeline.url}x`);
    await stage.until('every request to be counted', () => sum('EgressRequestCount', {}) - before.requests > urls.length);

    expect(missing.status).toBe(404);
    expect(sum('EgressBytes', endpoint) - before.bytes).toBe(received);
    expect(sum('EgressRequestCount', {}) - before.requests).toBe(urls.length + 1);
    expect(sum('EgressRequestCount', { StatusCodeRange: '4xx' })).toBe(1);
  });

  it('goes on in the same timeline when the encoder comes back', async () => {
    await start();
    await push(3);
    await push(3, { size: '320x240', sound: false });
    await stop();

    const segments = await segmentsOf(1);
    const probe = await probeBytes(await fetchSegments(1));

    expect(segments.some(({ isDiscontinuous }) => isDiscontinuous)).toBe(false);
    expect(durationOf(segments)).toBeGreaterThan(5000);
    expect(Math.abs(probe.durationMilliseconds - durationOf(segments))).toBeLessThan(150);
  });

  it('shows nothing of an earlier run', async () => {
    await start();
    await push(3);
    await stop();
    const restartedAt = Date.now();
    await start();
    await push(3);
    await stop();

    const segments = await segmentsOf(1);

    expect(durationOf(segments)).toBeGreaterThan(1900);
    expect(segments.every(({ programDateTime }) => programDateTime === undefined || programDateTime >= restartedAt)).toBe(true);
  });

  it('refuses encoders until the channel runs, and after it stopped', async () => {
    expect(await pushTestCard(streamUrl(), 2).exit).not.toBe(0);
    await start();
    const pushing = pushTestCard(streamUrl(), 30);
    await stage.until('input', () => sum('InputVideoFrameRate', { ChannelId: pipeline.channelId, Pipeline: '0' }) > 0);

    await stop();

    expect(await pushing.exit).not.toBe(0);
    expect(await pushTestCard(streamUrl(), 2).exit).not.toBe(0);
  });

  it('shows black and silence without an input', async () => {
    await start();
    await stage.until('a manifest', async () => (await fetch(pipeline.url)).status === 200);
    await stop();

    expect((await probeBytes(await fetchSegments(1))).streams.map(({ codec_name: codec }) => codec).toSorted()).toEqual(['aac', 'h264']);
    expect(await archiveKeys()).toHaveLength(1);
    expect(sum('InputVideoFrameRate', { ChannelId: pipeline.channelId, Pipeline: '0' })).toBe(0);
  });
});
