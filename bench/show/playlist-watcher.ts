import { setTimeout as sleep } from 'node:timers/promises';
import { countingClient } from '../../scripts/demo/counting-client.ts';

/** A segment as the edge's playlist gave it. */
export interface SeenSegment {
  readonly url: string;
  readonly seconds: number;
  /** When a playlist first named it, by `performance.now()`. */
  readonly seenAt: number;
}

/** Watches the rendition of the most bits a second, as a viewer of the edge sees it. */
export interface PlaylistWatcher {
  readonly segments: readonly SeenSegment[];
  /** When the first segment had been received whole, by `performance.now()`. */
  readonly firstPlayableAt: number | undefined;
  leave(): Promise<void>;
}

const pollMilliseconds = 100;

const bestRendition = (playlist: string, url: string): string | undefined => {
  const variants = [...playlist.matchAll(/#EXT-X-STREAM-INF:[^\n]*?BANDWIDTH=(\d+)[^\n]*\n([^\n#]+)/gu)];
  const best = variants.toSorted((a, b) => Number(b[1]) - Number(a[1]))[0]?.[2];
  return best && new URL(best.trim(), url).href;
};

const segmentsIn = (playlist: string, url: string): { url: string; seconds: number }[] =>
  [...playlist.matchAll(/#EXTINF:([\d.]+),[^\n]*\n(?:#[^\n]*\n)*([^\n#]+)/gu)].map(([, seconds, uri = '']) => ({ url: new URL(uri.trim(), url).href, seconds: Number(seconds) }));

/** Asks for the playlist of a playback URL every 100 ms, from now on until told to leave. */
export const watchPlaylist = (playbackUrl: string): PlaylistWatcher => {
  const client = countingClient();
  const segments: SeenSegment[] = [];
  const known = new Set<string>();
  let renditionUrl: string | undefined;
  let firstPlayableAt: number | undefined;
  let hasLeft = false;

  const fetchText = async (url: string): Promise<string | undefined> => {
    const { status, body } = await client.get(url);
    return status === 200 ? body.toString() : undefined;
  };
  const look = async (): Promise<void> => {
    renditionUrl ??= bestRendition((await fetchText(playbackUrl)) ?? '', playbackUrl);
    if (renditionUrl === undefined) return;
    const playlist = (await fetchText(renditionUrl)) ?? '';
    const seenAt = performance.now();
    const fresh = segmentsIn(playlist, renditionUrl).filter(({ url }) => !known.has(url));
    for (const { url, seconds } of fresh) {
      known.add(url);
      segments.push({ url, seconds, seenAt });
    }
    const first = segments[0];
    if (firstPlayableAt === undefined && first && (await client.get(first.url)).status === 200) firstPlayableAt = performance.now();
  };
  const watch = async (): Promise<void> => {
    while (!hasLeft) {
      const next = performance.now() + pollMilliseconds;
      // An edge that refuses while nothing is live yet is asked again.
      await look().catch(() => undefined);
      await sleep(Math.max(0, next - performance.now()));
    }
    client.close();
  };
  const watched = watch();
  return {
    segments,
    get firstPlayableAt() {
      return firstPlayableAt;
    },
    leave: async () => {
      hasLeft = true;
      await watched;
    },
  };
};
