import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeChunks, type EncodedRung } from '../../../../support/media/encoded-chunks.ts';
import { showStart, startPackagerStage, type PackagerStage } from '../../../../support/media/packager-stage.ts';

jest.setTimeout(60_000);

const seconds = 40;
let folder: string;
let rungs: readonly EncodedRung[];
let stage: PackagerStage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'start-over-'));
  rungs = await encodeChunks(folder, seconds);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  stage = await startPackagerStage();
});

afterEach(() => stage.close());

const show = async (): Promise<void> => {
  const encoder = stage.encoder(0, rungs);
  await encoder.begin();
  await encoder.push(0, seconds / 2);
};
const text = async (address: string): Promise<string> => {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  return response.text();
};
const at = (second: number): number => showStart / 1000 + second;
const segmentsIn = (playlist: string): string[] => playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const hls = { HlsPackage: { SegmentDurationSeconds: 2, PlaylistWindowSeconds: 6 }, StartoverWindowSeconds: 30 };

describe('start-over', () => {
  it('lists from the start to the end that is asked for, and ends', async () => {
    const { Url: manifest = '' } = await stage.endpoint('hls', hls);
    await show();

    const child = segmentsIn(await text(`${manifest}?start=${at(14)}&end=${at(22)}`))[0]!;
    const playlist = await text(new URL(child, manifest).href);

    expect(child).toBe(`index_1.m3u8?start=${at(14)}&end=${at(22)}`);
    expect(segmentsIn(playlist).map((uri) => uri.split('?')[0])).toEqual(['index_1_8.ts', 'index_1_9.ts', 'index_1_10.ts', 'index_1_11.ts']);
    expect(playlist).toMatch(/#EXT-X-PLAYLIST-TYPE:VOD[\s\S]*#EXT-X-ENDLIST/);
  });

  it('grows to the live edge without an end', async () => {
    const { Url: manifest = '' } = await stage.endpoint('hls', hls);
    await show();

    const playlist = await text(new URL(`index_1.m3u8?start=${encodeURIComponent(new Date(showStart + 30_000).toISOString())}`, manifest).href);

    expect(segmentsIn(playlist)).toHaveLength(5);
    expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
    expect(playlist).not.toContain('#EXT-X-ENDLIST');
  });

  it('takes the stretch in the path, too', async () => {
    const { Url: manifest = '' } = await stage.endpoint('hls', hls);
    await show();

    const shifted = manifest.replace('index.m3u8', `start/${at(14)}/end/${at(22)}/index.m3u8`);
    const [child = ''] = segmentsIn(await text(shifted));
    const [segment = ''] = segmentsIn(await text(new URL(child, shifted).href));

    expect(segment).toMatch(/^\.\.\/\.\.\/\.\.\/\.\.\/index_1_8\.ts/);
    expect(new URL(segment, shifted).pathname).toBe(new URL('index_1_8.ts', manifest).pathname);
    expect((await fetch(new URL(segment, shifted))).status).toBe(200);
  });

  it('describes an ended stretch as static in DASH and Smooth Streaming', async () => {
    const { Url: dash = '' } = await stage.endpoint('dash', { DashPackage: {}, StartoverWindowSeconds: 30 });
    const { Url: smooth = '' } = await stage.endpoint('mss', { MssPackage: {}, StartoverWindowSeconds: 30 });
    await show();
    const stretch = `?start=${at(14)}&end=${at(22)}`;

    const description = await text(`${dash}${stretch}`);
    const manifest = await text(`${smooth}${stretch}`);

    expect(description).toMatch(/type="static" mediaPresentationDuration="PT8S"/);
    expect(description).toMatch(/<Period id="0" start="PT0S">/);
    expect(description).toMatch(/<S t="\d+" d="180000" r="3"\/>/);
    expect(manifest).toMatch(/Duration="80000000"/);
    expect(manifest).not.toContain('IsLive');
  });

  it.each([
    ['before the window', () => `?start=${at(5)}`],
    ['after the present', () => `?start=${at(45)}`],
  ])('refuses a start %s', async (_, query) => {
    const { Url: manifest = '' } = await stage.endpoint('hls', hls);
    await show();

    expect((await fetch(`${manifest}${query()}`)).status).toBe(404);
  });

  it('keeps media for the window, and not much longer', async () => {
    const { Url: manifest = '' } = await stage.endpoint('hls', hls);
    await show();

    expect((await fetch(new URL('index_1_7.ts', manifest))).status).toBe(200);
    expect((await fetch(new URL('index_1_1.ts', manifest))).status).toBe(404);
  });

  it('shows live media later by the delay', async () => {
    const { Url: manifest = '' } = await stage.endpoint('hls', { ...hls, StartoverWindowSeconds: 0, TimeDelaySeconds: 20 });
    await show();

    const playlist = await text(new URL('index_1.m3u8', manifest).href);

    expect(segmentsIn(playlist).at(-1)).toMatch(/^index_1_10\.ts/);
  });
});
