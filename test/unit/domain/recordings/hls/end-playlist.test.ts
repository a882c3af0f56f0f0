import fc from 'fast-check';
import { endPlaylist, hasEnded, playlistMilliseconds } from '../../../../../lambda/domain/recordings/hls/end-playlist.ts';
import { linesOf } from '../../../../../lambda/domain/recordings/hls/join-media-playlists.ts';
import { folderOf, relativePath } from '../../../../../lambda/domain/recordings/hls/relative-path.ts';

const playlist = (milliseconds: readonly number[]): string =>
  ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-PLAYLIST-TYPE:EVENT', '#EXT-X-TARGETDURATION:10', '#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-MAP:URI="init.mp4"', ...milliseconds.flatMap((one, index) => [`#EXTINF:${(one / 1000).toFixed(3)},`, `${index}.mp4`])].join('\n');

describe('endPlaylist', () => {
  it('lists what is there and no more, has an end, and plays as long as its segments', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.boolean()), { minLength: 1, maxLength: 20 }), (segments) => {
        const there = segments.flatMap(([milliseconds, isThere], index) => (isThere ? [{ uri: `${index}.mp4`, milliseconds }] : []));

        const ended = endPlaylist(playlist(segments.map(([milliseconds]) => milliseconds)), (uri) => there.some((one) => one.uri === uri));

        expect(linesOf(ended).filter((line) => !line.startsWith('#'))).toEqual(there.map(({ uri }) => uri));
        expect(playlistMilliseconds(ended)).toBe(there.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
        expect([hasEnded(ended), linesOf(ended)[0], ended.match(/PLAYLIST-TYPE:\w+/g)]).toEqual([true, '#EXTM3U', ['PLAYLIST-TYPE:VOD']]);
        expect(endPlaylist(ended, () => true)).toBe(ended);
        if (there.length > 0) expect(ended.match(/#EXT-X-MAP/g)).toHaveLength(1);
      }),
    );
  });

  it('says where one is missing in between', () => {
    const ended = endPlaylist(playlist([1000, 1000, 1000]), (uri) => uri !== '1.mp4');

    expect(linesOf(ended).slice(-6)).toEqual(['#EXTINF:1.000,', '0.mp4', '#EXT-X-DISCONTINUITY', '#EXTINF:1.000,', '2.mp4', '#EXT-X-ENDLIST']);
  });

  it('leaves a segment out that was announced and never named', () => {
    expect(linesOf(endPlaylist(`${playlist([1000])}\n#EXTINF:2.000,`, () => true)).slice(-3)).toEqual(['#EXTINF:1.000,', '0.mp4', '#EXT-X-ENDLIST']);
  });
});

describe('relativePath', () => {
  it('leads from a folder to a key, as players resolve it', () => {
    const key = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(key, key, (from, to) => {
        expect(new URL(relativePath(folderOf(from), to), `https://host/${from}`).pathname).toBe(`/${to}`);
      }),
    );
  });
});
