import { setTimeout as sleep } from 'node:timers/promises';
import { countingClient } from '../../scripts/demo/counting-client.ts';
import { liveStream, type PlaylistSegment } from '../../scripts/demo/live-stream.ts';
import { showsPicture } from './shows-picture.ts';

/** A segment as the edge's playlist gave it. */
export interface SeenSegment extends PlaylistSegment {
  /** When a playlist first named it, by `performance.now()`. */
  readonly seenAt: number;
}

/** Watches the rendition of the most bits a second, as a viewer of the edge sees it. */
export interface PlaylistWatcher {
  readonly segments: readonly SeenSegment[];
  /** When the first segment with a picture of the encoder's had been received whole, by `performance.now()`. */
  readonly firstPlayableAt: number | undefined;
  leave(): Promise<void>;
}

const pollMilliseconds = 100;

/** Asks for the playlist of a playback URL every 100 ms, from now on until told to leave. */
export const watchPlaylist = (playbackUrl: string): PlaylistWatcher => {
  const client = countingClient();
  const segments: SeenSegment[] = [];
  let firstPlayableAt: number | undefined;
  let hasLeft = false;

  const stream = liveStream(playbackUrl, async (url) => {
    const { status, body } = await client.get(url);
    return status === 200 ? body : undefined;
  });
  const receive = async ({ url }: PlaylistSegment): Promise<void> => {
    const { status, body } = await client.get(url);
    const receivedAt = performance.now();
    if (status === 200 && (await showsPicture(body))) firstPlayableAt = receivedAt;
  };
  const look = async (): Promise<void> => {
    const fresh = await stream.newSegments();
    const seenAt = performance.now();
    for (const segment of fresh) {
      stream.take(segment);
      segments.push({ ...segment, seenAt });
      if (firstPlayableAt === undefined) await receive(segment);
    }
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
