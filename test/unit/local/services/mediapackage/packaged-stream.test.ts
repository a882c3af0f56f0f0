import { writeMediaPlaylist, type PlaylistSegment } from '../../../../../local/media/hls/media-playlist.ts';
import { IngestStream } from '../../../../../local/services/mediapackage/packaging/ingest-stream.ts';
import { InputChoice } from '../../../../../local/services/mediapackage/packaging/input-choice.ts';
import { MergedStream } from '../../../../../local/services/mediapackage/packaging/merged-stream.ts';
import { PackagedStream } from '../../../../../local/services/mediapackage/packaging/packaged-stream.ts';
import { PresentationTimeline } from '../../../../../local/services/mediapackage/packaging/presentation-timeline.ts';

const chunk = (index: number, change: Partial<PlaylistSegment> = {}): PlaylistSegment => ({ uri: `c${index}.ts`, durationMilliseconds: 2000, programDateTime: index * 2000, ...change });
const file = (uri: string) => ({ path: `/media/${uri}`, bytes: 100 });
const settings = { segmentMilliseconds: 6000, windowMilliseconds: 18_000, delayMilliseconds: 0, retentionMilliseconds: 42_000 };

/** Each chunk is announced at the end of its media. */
const ingested = (segments: readonly PlaylistSegment[], { hasEnded = false, over = settings } = {}) => {
  const source = new IngestStream();
  const timeline = new PresentationTimeline();
  const merged = new MergedStream(timeline, new InputChoice(() => undefined));
  merged.attach(0, source);
  const stream = new PackagedStream(merged, timeline, over);
  let now = 0;
  for (const [index, segment] of segments.entries()) {
    const listed = segments.slice(Math.max(0, index - 2), index + 1);
    now += segment.durationMilliseconds;
    source.accept(writeMediaPlaylist({ mediaSequence: Math.max(0, index - 2), targetDurationSeconds: 2, segments: listed, hasEnded: hasEnded && index === segments.length - 1 }), file, now);
    merged.advance();
    stream.advance();
  }
  return { source, merged, stream, timeline, window: (at = now) => stream.window(at) };
};
const chunks = (count: number) => Array.from({ length: count }, (_, index) => chunk(index));
const durations = (segments: readonly { readonly durationMilliseconds: number }[]) => segments.map(({ durationMilliseconds }) => durationMilliseconds);

describe('a packaged stream', () => {
  it('shows nothing before there is a whole segment', () => {
    expect(ingested(chunks(2)).window()).toEqual([]);
  });

  it('joins chunks to segments of its own length', () => {
    const { stream, window } = ingested(chunks(7));

    expect(durations(window())).toEqual([6000, 6000]);
    expect(stream.segment(2)).toMatchObject({ bytes: 300, programDateTime: 6000, chunks: [{ path: '/media/c3.ts' }, { path: '/media/c4.ts' }, { path: '/media/c5.ts' }] });
  });

  it('comes nearest to its length with longer chunks', () => {
    const { window } = ingested(chunks(4).map((one, index) => ({ ...one, durationMilliseconds: 5000, programDateTime: index * 5000 })));

    expect(durations(window())).toEqual([5000, 5000, 5000, 5000]);
  });

  it('slides its window, and keeps what players may still fetch', () => {
    const { stream, window } = ingested(chunks(60));

    expect(window().map(({ number }) => number)).toEqual([18, 19, 20]);
    expect(stream.segment(14)).toBeDefined();
    expect(stream.segment(5)).toBeUndefined();
  });

  it('ends with a short segment when the encoder ends', () => {
    expect(durations(ingested(chunks(4), { hasEnded: true }).window())).toEqual([6000, 2000]);
  });

  it('never joins over a discontinuity, and keeps its rhythm', () => {
    const cut = chunks(9).map((one, index) => (index === 2 ? { ...one, isDiscontinuous: true } : one));

    expect(ingested(cut).window().map(({ durationMilliseconds, discontinuities }) => [durationMilliseconds, discontinuities])).toEqual([[4000, 0], [2000, 1], [6000, 1], [6000, 1]]);
  });

  it('shows media later by the delay', () => {
    const { window } = ingested(chunks(9), { over: { ...settings, delayMilliseconds: 10_000 } });

    expect(window(21_999).map(({ number }) => number)).toEqual([1]);
    expect(window(22_000).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('forgets chunks that no viewer may ask for', () => {
    const { source } = ingested(chunks(20));

    expect(source.trim(10_000).map(({ path }) => path)).toHaveLength(15);
    expect(source.firstIndex).toBe(15);
    expect(source.chunk(14)).toBeUndefined();
  });
});
