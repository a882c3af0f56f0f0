import { writeMediaPlaylist } from '../../../../../local/media/hls/media-playlist.ts';
import { IngestStream } from '../../../../../local/services/mediapackage/packaging/ingest-stream.ts';

const file = (uri: string) => ({ path: `/media/${uri}`, bytes: 100 });
const segments = [0, 1, 2].map((index) => ({ uri: `c${index}.ts`, durationMilliseconds: 2000 }));
const text = writeMediaPlaylist({ mediaSequence: 0, targetDurationSeconds: 2, segments });

describe('an ingest stream', () => {
  it('takes each chunk once, and waits for one that is announced before it is there', () => {
    const source = new IngestStream();

    source.accept(text, (uri) => (uri === 'c1.ts' ? undefined : file(uri)), 10_000);
    source.accept(text, file, 10_000);
    source.accept(text, file, 10_000);

    expect([0, 1, 2, 3].map((index) => source.chunk(index)?.path)).toEqual(['/media/c0.ts', '/media/c1.ts', '/media/c2.ts', undefined]);
  });

  it('dates chunks without a date by when they came', () => {
    const source = new IngestStream();

    source.accept(text, file, 10_000);

    expect(source.chunk(0)).toMatchObject({ programDateTime: 8000, takenAt: 10_000 });
  });

  it('passes over what is no playlist', () => {
    const source = new IngestStream();

    source.accept('not a playlist', file, 0);

    expect(source.chunk(0)).toBeUndefined();
  });
});
