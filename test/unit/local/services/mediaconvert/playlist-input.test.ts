import { segmentsOf } from '../../../../../local/services/mediaconvert/jobs/playlist-input.ts';

const input = { bucket: 'b', key: 'show/master.m3u8', clippings: [] };
const files: Readonly<Record<string, string>> = {
  'show/master.m3u8': '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=200,RESOLUTION=1x1\nlow/playlist.m3u8\n#EXT-X-STREAM-INF:PROGRAM-ID=1,BANDWIDTH=900\nhigh/playlist.m3u8\n',
  'show/high/playlist.m3u8': '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\n0.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:2.0,\n../more/1.ts\n#EXT-X-ENDLIST\n',
};
const reader = (change: Readonly<Record<string, string>> = {}) => async (_bucket: string, key: string): Promise<string> => ({ ...files, ...change })[key] ?? '';

describe('an HLS input', () => {
  it('is the segments of its highest variant, in order', async () => {
    expect((await segmentsOf(input, reader())).map(({ key }) => key)).toEqual(['show/high/0.ts', 'show/more/1.ts']);
  });

  it.each([
    ['what is no playlist', 'video', 'it is no playlist'],
    ['a list that goes on', '#EXTM3U\n#EXTINF:2.0,\n0.ts\n', 'it has not ended'],
    ['fragmented MP4', '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2.0,\n0.m4s\n#EXT-X-ENDLIST\n', 'its segments are fragmented MP4'],
  ])('rejects %s', async (_, text, why) => {
    await expect(segmentsOf(input, reader({ 'show/high/playlist.m3u8': text }))).rejects.toThrow(why);
  });
});
