import { linesOf, tagOf } from '../hls/join-media-playlists.ts';

/** Segments that follow each other on one time line, read with one initialisation section. */
export interface FilmRun {
  readonly initKey: string;
  readonly segmentKeys: readonly string[];
  /** How long its segments say that they play. */
  readonly durationMilliseconds: number;
}

interface Segment {
  readonly key: string;
  readonly initKey: string;
  readonly milliseconds: number;
  readonly beginsAnew: boolean;
}

const segmentsIn = (folder: string, text: string): readonly Segment[] => {
  const segments: Segment[] = [];
  let [initKey, milliseconds, beginsAnew] = ['', 0, true];
  for (const line of linesOf(text)) {
    const tag = tagOf(line);
    if (tag === '#EXT-X-MAP') initKey = `${folder}${/URI="([^"]+)"/.exec(line)?.[1] ?? ''}`;
    else if (tag === '#EXT-X-DISCONTINUITY') beginsAnew = true;
    else if (tag === '#EXTINF') milliseconds = Math.round(Number.parseFloat(line.slice('#EXTINF:'.length)) * 1000);
    else if (!line.startsWith('#')) {
      segments.push({ key: `${folder}${line}`, initKey, milliseconds, beginsAnew: beginsAnew || segments.at(-1)?.initKey !== initKey });
      beginsAnew = false;
    }
  }
  return segments;
};

/** The runs of a media playlist whose URIs are relative to a folder: another begins at each discontinuity and initialisation section. */
export const filmRuns = (folder: string, text: string): readonly FilmRun[] => {
  const segments = segmentsIn(folder, text);
  const begins = segments.flatMap(({ beginsAnew }, index) => (beginsAnew ? [index] : []));
  return begins.map((begin, run) => {
    const own = segments.slice(begin, begins[run + 1]);
    return { initKey: own[0]?.initKey ?? '', segmentKeys: own.map(({ key }) => key), durationMilliseconds: own.reduce((sum, { milliseconds }) => sum + milliseconds, 0) };
  });
};
