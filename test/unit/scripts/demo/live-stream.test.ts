import { liveStream } from '../../../../scripts/demo/live-stream.ts';

const url = 'http://127.0.0.1:1/t/token/bko_1/out/v1/abc/index.m3u8';
const folder = url.replace('index.m3u8', '');

const multivariant = ['#EXTM3U', '#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360', 'index_1.m3u8', '#EXT-X-STREAM-INF:BANDWIDTH=2000000', 'index_2.m3u8', ''].join('\n');

const playlist = (...segments: readonly number[]): string =>
  ['#EXTM3U', ...segments.flatMap((segment) => ['#EXTINF:6.000,', '#EXT-X-PROGRAM-DATE-TIME:2026-11-23T10:00:00Z', `index_2_${segment}.ts`]), ''].join('\n');

const aStream = (answers: Map<string, string>) => liveStream(url, async (asked) => (answers.has(asked) ? Buffer.from(answers.get(asked) ?? '') : undefined));

describe('a live stream', () => {
  it('has no segments while there is nothing to play yet', async () => {
    const stream = aStream(new Map());

    expect(await stream.newSegments()).toEqual([]);
  });

  it('answers segments of the best rendition until they are taken', async () => {
    const answers = new Map([[url, multivariant], [`${folder}index_2.m3u8`, playlist(1, 2)]]);
    const stream = aStream(answers);

    const [first, second] = await stream.newSegments();
    if (first) stream.take(first);
    answers.set(`${folder}index_2.m3u8`, playlist(2, 3));

    expect([first, second]).toEqual([{ url: `${folder}index_2_1.ts`, seconds: 6 }, { url: `${folder}index_2_2.ts`, seconds: 6 }]);
    expect((await stream.newSegments()).map((segment) => segment.url)).toEqual([`${folder}index_2_2.ts`, `${folder}index_2_3.ts`]);
  });

  it('goes on after a playlist that did not come', async () => {
    const answers = new Map([[url, multivariant]]);
    const stream = aStream(answers);

    expect(await stream.newSegments()).toEqual([]);
    answers.set(`${folder}index_2.m3u8`, playlist(1));

    expect(await stream.newSegments()).toHaveLength(1);
  });
});
