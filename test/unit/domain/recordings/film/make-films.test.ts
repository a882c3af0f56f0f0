import fc from 'fast-check';
import { filmRecording } from '../../../../../lambda/domain/recordings/film/film-recording.ts';
import { beginOf, movedBy, timescalesOf } from '../../../../../lambda/domain/recordings/film/fragment-times.ts';
import { filmRuns } from '../../../../../lambda/domain/recordings/film/film-runs.ts';
import { boxesIn } from '../../../../../lambda/domain/recordings/film/mp4-boxes.ts';
import type { Recording } from '../../../../../lambda/domain/recordings/recording.ts';
import type { StoredObject } from '../../../../../lambda/domain/usage/meters/storage-meter.ts';
import { aFragment, anInit, memoryMedia } from '../../../../support/recordings/fragmented-media.ts';
import { aRecording } from '../../../../support/usage/a-show.ts';

const timescales = timescalesOf(anInit());
const folders = ['ivs/one/media/hls/', 'ivs/two/media/hls/'];
const playlist = '#EXTM3U\n#EXT-X-MAP:URI="init-0.mp4"\n#EXTINF:2.000,\n0.mp4\n#EXTINF:2.000,\n1.mp4\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-0.mp4"\n#EXTINF:2.000,\n2.mp4\n#EXT-X-ENDLIST\n';

const setUp = (change: Partial<Recording> = {}, secondInit = anInit()) => {
  const { media, kept } = memoryMedia();
  const texts = new Map<string, string>();
  for (const [index, folder] of folders.entries()) {
    texts.set(`${folder}master.m3u8`, '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n160p30/playlist.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\n360p30/playlist.m3u8\n');
    texts.set(`${folder}360p30/playlist.m3u8`, playlist);
    kept.set(`${folder}360p30/init-0.mp4`, index === 0 ? anInit() : secondInit);
    // The encoder began anew before the third.
    for (const [number, begin] of [0, 2000, 500].entries()) kept.set(`${folder}360p30/${number}.mp4`, aFragment(begin, 10 * index + number));
  }
  const saved: Recording[] = [];
  const sizes = { bytes: 1n };
  const deps = {
    media,
    playlists: { read: async (_bucket: string, key: string) => texts.get(key) ?? '' },
    objects: { list: async (_bucket: string, prefix: string): Promise<readonly StoredObject[]> => [{ key: `${prefix}0.mp4`, bytes: sizes.bytes, storedAt: 0 }] },
    recordings: { save: async (recording: Recording) => void saved.push(recording) },
    now: () => new Date('2026-11-23T11:00:00Z'),
  };
  const inPlace = folders.map((folder) => ({ folder, playlistKey: `${folder}master.m3u8`, durationMilliseconds: 6000, renditions: [] }));
  const recording = aRecording({ status: 'READY', formats: ['HLS', 'MP4'], inPlace, jobs: [], files: [{ format: 'HLS', part: 1, key: 'whole.m3u8', bytes: 1n, objects: 1 }], ...change });
  return { kept, saved, sizes, recording, film: () => filmRecording(deps)(recording) };
};

const fragmentsIn = (film: Uint8Array): readonly Uint8Array[] => {
  const boxes = boxesIn(film);
  return boxes.filter(({ type }) => type === 'moof').map(({ from }) => film.subarray(from, boxes.find(({ type, from: at }) => type === 'mdat' && at > from)?.to));
};

describe('the MP4 of what was recorded as fragmented MP4', () => {
  it('has all fragments of the best rendition one after the other on one time line, as they are', async () => {
    const { film, kept, saved, recording } = setUp();

    const filmed = await film();

    const key = `${recording.keyPrefix}mp4/show-recording.mp4`;
    const bytes = kept.get(key)!;
    expect(filmed).toMatchObject({ status: 'READY', formats: ['HLS', 'MP4'], files: [{ format: 'HLS' }, { format: 'MP4', part: 1, key, bytes: BigInt(bytes.length), objects: 1 }] });
    expect(saved.map(({ status }) => status)).toEqual(['PROCESSING']);
    expect(boxesIn(bytes).slice(0, 2).map(({ type }) => type)).toEqual(['ftyp', 'moov']);
    expect(fragmentsIn(bytes).map((fragment) => [beginOf(fragment, timescales), fragment.at(-1)])).toEqual([[0, 0], [2000, 1], [4000, 2], [6000, 10], [8000, 11], [10_000, 12]]);
    expect(filmed).not.toHaveProperty('failure');
  });

  it('is another file where the settings of the encoder were others', async () => {
    const { film, kept, recording } = setUp({}, anInit(2));

    const { files } = await film();

    expect(files.slice(1).map(({ part, key }) => [part, key])).toEqual([[1, `${recording.keyPrefix}mp4/show-recording.mp4`], [2, `${recording.keyPrefix}part-2/mp4/show-recording.mp4`]]);
    expect(fragmentsIn(kept.get(files[2]!.key)!).map((fragment) => beginOf(fragment, timescales))).toEqual([0, 2000, 4000]);
  });

  it('is all that can be made: what else is wanted is told', async () => {
    const { film } = setUp({ formats: ['HLS', 'MP4', 'AUDIO', 'THUMBNAILS'] });

    expect(await film()).toMatchObject({ status: 'READY', formats: ['HLS', 'MP4'], failure: { code: 'format-not-possible', message: expect.stringMatching(/^AUDIO, THUMBNAILS cannot/) } });
  });

  it('fails without taking the HLS away where a segment is gone, or the recording is too large', async () => {
    const [gone, large] = [setUp(), setUp()];
    gone.kept.delete(`${folders[1]!}360p30/1.mp4`);
    large.sizes.bytes = 2n ** 35n;

    expect(await gone.film()).toMatchObject({ status: 'READY', formats: ['HLS'], files: [{ format: 'HLS' }], failure: { code: 'media-not-found' } });
    expect(await large.film()).toMatchObject({ status: 'READY', formats: ['HLS'], failure: { code: 'film-too-large' } });
  });

  it('leaves what became of the recording said', async () => {
    const failure = { code: 'recording-broke-off', message: 'AccessDenied' };

    expect(await setUp({ failure, formats: ['HLS', 'AUDIO'] }).film()).toMatchObject({ failure, formats: ['HLS'] });
  });
});

describe('movedBy', () => {
  it('moves all tracks by the same time, and nothing else', () => {
    const time = fc.integer({ min: 0, max: 86_400_000 });
    fc.assert(
      fc.property(time, time, (begin, by) => {
        const fragment = aFragment(begin, 7);

        const moved = movedBy(fragment, by, timescales);

        expect(Buffer.from(moved).equals(aFragment(begin + by, 7))).toBe(true);
        expect(Buffer.from(movedBy(moved, -by, timescales)).equals(fragment)).toBe(true);
      }),
    );
  });

  it('rejects what is no fragmented MP4', () => {
    expect(() => timescalesOf(Buffer.from('no film at all'))).toThrow(expect.objectContaining({ code: 'film-not-possible' }));
    expect(() => beginOf(anInit(), timescales)).toThrow(expect.objectContaining({ code: 'film-not-possible' }));
    expect(() => movedBy(aFragment(0, 1), -1, timescales)).toThrow(expect.objectContaining({ code: 'film-not-possible' }));
  });
});

describe('filmRuns', () => {
  it('begin at each discontinuity and each initialisation section', () => {
    expect(filmRuns('a/', playlist)).toEqual([
      { initKey: 'a/init-0.mp4', segmentKeys: ['a/0.mp4', 'a/1.mp4'], durationMilliseconds: 4000 },
      { initKey: 'a/init-0.mp4', segmentKeys: ['a/2.mp4'], durationMilliseconds: 2000 },
    ]);
  });
});
