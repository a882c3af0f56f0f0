import fc from 'fast-check';
import { joinMediaPlaylists, linesOf } from '../../../../../lambda/domain/recordings/hls/join-media-playlists.ts';
import { joinMultivariant, streamUris } from '../../../../../lambda/domain/recordings/hls/join-multivariant.ts';

const durations = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 20 });
const mediaOf = (milliseconds: readonly number[]): string =>
  [
    '#EXTM3U', '#EXT-X-VERSION:3', `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...milliseconds) / 1000)}`, '#EXT-X-MEDIA-SEQUENCE:1', '#EXT-X-PLAYLIST-TYPE:VOD',
    ...milliseconds.flatMap((one, index) => [`#EXTINF:${one / 1000},`, `show_${index}.ts`]), '#EXT-X-ENDLIST', '',
  ].join('\r\n');
const partsOf = (all: readonly (readonly number[])[]) => all.map((part, index) => ({ folder: index === 0 ? 'hls/' : `part-${index + 1}/hls/`, text: mediaOf(part) }));

describe('joinMediaPlaylists', () => {
  it('plays every segment of every part once and in order, with a discontinuity between parts', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 5 }), (all) => {
        const lines = linesOf(joinMediaPlaylists(partsOf(all)));

        const uris = lines.filter((line) => !line.startsWith('#'));
        expect(uris).toEqual(partsOf(all).flatMap(({ folder }, part) => all[part]!.map((_, index) => `${folder}show_${index}.ts`)));
        expect(lines.flatMap((line) => (line.startsWith('#EXTINF:') ? [Math.round(Number.parseFloat(line.slice(8)) * 1000)] : []))).toEqual(all.flat());
        expect(lines.filter((line) => line === '#EXT-X-DISCONTINUITY')).toHaveLength(all.length - 1);
        expect(lines.filter((line) => line === '#EXT-X-ENDLIST')).toHaveLength(1);
        expect(lines.at(-1)).toBe('#EXT-X-ENDLIST');
        expect(lines).toContain(`#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...all.flat()) / 1000)}`);
      }),
    );
  });

  it('leads what tags refer to into the part, and leaves what is absolute', () => {
    const text = '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:6,\nhttps://elsewhere/1.m4s\n';

    const lines = linesOf(joinMediaPlaylists([{ folder: 'hls/', text }]));

    expect(lines).toContain('#EXT-X-MAP:URI="hls/init.mp4"');
    expect(lines).toContain('https://elsewhere/1.m4s');
  });
});

describe('joinMultivariant', () => {
  const stream = (rate: number, uri: string): string => `#EXT-X-STREAM-INF:BANDWIDTH=${rate},AVERAGE-BANDWIDTH=${rate - 1},RESOLUTION=854x480,CODECS="avc1.4d401e,mp4a.40.2"\n${uri}\n`;

  it('names the streams that all parts have, with rates that hold for all', () => {
    const texts = [`#EXTM3U\n#EXT-X-VERSION:3\n${stream(900, 'show_480p.m3u8')}${stream(300, 'show_240p.m3u8')}`, `#EXTM3U\n${stream(950, 'show_480p.m3u8')}`];
    const uris = streamUris(texts[0]!).filter((uri) => streamUris(texts[1]!).includes(uri));

    expect(linesOf(joinMultivariant(texts, uris))).toEqual(['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-STREAM-INF:BANDWIDTH=950,AVERAGE-BANDWIDTH=949,RESOLUTION=854x480,CODECS="avc1.4d401e,mp4a.40.2"', 'show_480p.m3u8']);
  });
});
