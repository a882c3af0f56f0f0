import { writeMediaPlaylist, type PlaylistSegment } from '../../../../../local/media/hls/media-playlist.ts';
import { IngestStream } from '../../../../../local/services/mediapackage/packaging/ingest-stream.ts';
import { PackagedStream } from '../../../../../local/services/mediapackage/packaging/packaged-stream.ts';

const chunk = (index: number, change: Partial<PlaylistSegment> = {}): PlaylistSegment => ({ uri: `c${index}.ts`, durationMilliseconds: 2000, programDateTime: index * 2000, ...change });
const file = (uri: string) => ({ path: `/media/${uri}`, bytes: 100 });
const settings = { segmentMilliseconds: 6000, windowMilliseconds: 18_000, programDateTimeIntervalMilliseconds: 0 };

const ingested = (segments: readonly PlaylistSegment[], { hasEnded = false, over = settings } = {}) => {
  const source = new IngestStream();
  const stream = new PackagedStream(source, over);
  for (const [index] of segments.entries()) {
    const listed = segments.slice(Math.max(0, index - 2), index + 1);
    source.accept(writeMediaPlaylist({ mediaSequence: Math.max(0, index - 2), targetDurationSeconds: 2, segments: listed, hasEnded: hasEnded && index === segments.length - 1 }), file);
    stream.advance();
  }
  return { source, stream, playlist: () => stream.playlist((number) => `index_1_${number}.ts`) };
};
const chunks = (count: number) => Array.from({ length: count }, (_, index) => chunk(index));

describe('a packaged stream', () => {
  it('shows nothing before there is a whole segment', () => {
    expect(ingested(chunks(2)).playlist()).toBeUndefined();
  });

  it('joins chunks to segments of its own length', () => {
    const { stream, playlist } = ingested(chunks(7));

    expect(playlist()?.segments.map(({ durationMilliseconds }) => durationMilliseconds)).toEqual([6000, 6000]);
    expect(stream.segment(2)).toMatchObject({ bytes: 300, chunks: [{ path: '/media/c3.ts' }, { path: '/media/c4.ts' }, { path: '/media/c5.ts' }] });
  });

  it('comes nearest to its length with longer chunks', () => {
    const { playlist } = ingested(chunks(4).map((one) => ({ ...one, durationMilliseconds: 5000 })));

    expect(playlist()?.segments.map(({ durationMilliseconds }) => durationMilliseconds)).toEqual([5000, 5000, 5000, 5000]);
  });

  it('slides its window, and keeps what players may still fetch', () => {
    const { stream, playlist } = ingested(chunks(60));

    expect(playlist()).toMatchObject({ mediaSequence: 18, segments: [{ uri: 'index_1_18.ts' }, { uri: 'index_1_19.ts' }, { uri: 'index_1_20.ts' }] });
    expect(stream.segment(14)).toBeDefined();
    expect(stream.segment(5)).toBeUndefined();
  });

  it('ends with a short segment when the encoder ends', () => {
    const { playlist } = ingested(chunks(4), { hasEnded: true });

    expect(playlist()?.segments.map(({ durationMilliseconds }) => durationMilliseconds)).toEqual([6000, 2000]);
    expect(playlist()?.hasEnded).toBeUndefined();
  });

  it('never joins over a discontinuity, and counts it once it has left the window', () => {
    const cut = chunks(5).map((one, index) => (index === 2 ? { ...one, isDiscontinuous: true } : one));

    expect(ingested(cut).playlist()?.segments.map(({ durationMilliseconds, isDiscontinuous }) => [durationMilliseconds, isDiscontinuous])).toEqual([[4000, false], [6000, true]]);
    expect(ingested([...cut, ...Array.from({ length: 20 }, (_, index) => chunk(5 + index))]).playlist()?.discontinuitySequence).toBe(1);
  });

  it('dates segments at the interval it was given', () => {
    const { playlist } = ingested(chunks(9), { over: { ...settings, programDateTimeIntervalMilliseconds: 10_000 } });

    expect(playlist()?.segments.map(({ programDateTime }) => programDateTime)).toEqual([0, undefined, 12_000]);
  });

  it('takes each chunk once, and waits for one that is announced before it is there', () => {
    const source = new IngestStream();
    const text = writeMediaPlaylist({ mediaSequence: 0, targetDurationSeconds: 2, segments: chunks(3) });

    source.accept(text, (uri) => (uri === 'c1.ts' ? undefined : file(uri)));
    source.accept(text, file);
    source.accept(text, file);

    expect([0, 1, 2, 3].map((index) => source.chunk(index)?.path)).toEqual(['/media/c0.ts', '/media/c1.ts', '/media/c2.ts', undefined]);
  });
});
