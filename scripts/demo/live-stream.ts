/** A segment as a playlist names it. */
export interface PlaylistSegment {
  readonly url: string;
  readonly seconds: number;
}

/** The rendition with the most bits a second of a live HLS stream, asked for again and again. */
export interface LiveStream {
  /** Segments of the playlist as it is now that have not been taken; none while there is nothing to play yet. */
  newSegments(): Promise<readonly PlaylistSegment[]>;
  /** Not answered again. */
  take(segment: PlaylistSegment): void;
}

const highestRendition = (playlist: string, url: string): string | undefined => {
  const variants = [...playlist.matchAll(/#EXT-X-STREAM-INF:[^\n]*?BANDWIDTH=(\d+)[^\n]*\n([^\n#]+)/g)];
  const best = variants.toSorted((a, b) => Number(b[1]) - Number(a[1]))[0]?.[2];
  return best && new URL(best.trim(), url).href;
};

const segmentsOf = (playlist: string, url: string): PlaylistSegment[] =>
  [...playlist.matchAll(/#EXTINF:([\d.]+),[^\n]*\n(?:#[^\n]*\n)*([^\n#]+)/g)].map(([, seconds = '0', uri = '']) => ({
    url: new URL(uri.trim(), url).href,
    seconds: Number(seconds),
  }));

/** Follows a playback URL by what `fetchBody` answers; undefined is an answer without a body to read. */
export const liveStream = (playbackUrl: string, fetchBody: (url: string) => Promise<Buffer | undefined>): LiveStream => {
  const taken = new Set<string>();
  let renditionUrl: string | undefined;
  return {
    newSegments: async () => {
      renditionUrl ??= highestRendition((await fetchBody(playbackUrl))?.toString() ?? '', playbackUrl);
      const playlist = renditionUrl && (await fetchBody(renditionUrl))?.toString();
      return renditionUrl && playlist ? segmentsOf(playlist, renditionUrl).filter(({ url }) => !taken.has(url)) : [];
    },
    take: ({ url }) => void taken.add(url),
  };
};
