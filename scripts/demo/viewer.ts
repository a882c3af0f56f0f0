import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { countingClient, type CountingClient } from './counting-client.ts';
import type { Arrival } from './latency.ts';
import { liveStream, type PlaylistSegment } from './live-stream.ts';

/** What a viewer saw and received. */
export interface Viewing {
  readonly receivedBytes: number;
  readonly requests: number;
  readonly segments: number;
  /** Sum of the durations that the playlist gave for the segments that arrived. */
  readonly seconds: number;
  /** Bodies that the edge did not have and fetched from the packager. */
  readonly bodyBytesFromOrigin: number;
  readonly failedResponses: number;
}

/** A viewer that plays the highest rendition of a live HLS stream as a player does. */
export interface Viewer {
  readonly viewing: Viewing;
  /** Milliseconds since the epoch at which the first segment had arrived. */
  readonly firstSegmentAt: number | undefined;
  /** Of every segment, in order. */
  readonly arrivals: readonly Arrival[];
  /** Plays on until the stream has no new segments, then leaves. */
  finish(): Promise<Viewing>;
  /** Leaves at once. */
  leave(): Promise<void>;
}

const drainedAfterMilliseconds = 8000;

const noCounts = () => ({ segments: 0, seconds: 0, bodyBytesFromOrigin: 0, failedResponses: 0 });

/** Fetches bodies, counting those that the edge had to fetch itself and those that did not come. */
const countedFetch = (client: CountingClient, counts: ReturnType<typeof noCounts>) => async (url: string): Promise<Buffer | undefined> => {
  const response = await client.get(url);
  if (String(response.headers['x-cache']).startsWith('Miss')) counts.bodyBytesFromOrigin += response.body.length;
  if (response.status === 200) return response.body;
  counts.failedResponses += 1;
  return undefined;
};

/** Starts to watch a playback URL; waits patiently while there is nothing to play yet. Appends each segment to `saveTo`. */
export const startViewer = (playbackUrl: string, saveTo: string): Viewer => {
  const client = countingClient();
  const counts = noCounts();
  let state: 'playing' | 'finishing' | 'left' = 'playing';
  const arrivals: Arrival[] = [];
  let lastNewAt = Date.now();

  const fetchBody = countedFetch(client, counts);
  const stream = liveStream(playbackUrl, fetchBody);

  const playSegment = async (segment: PlaylistSegment): Promise<void> => {
    const body = await fetchBody(segment.url);
    if (!body) return;
    stream.take(segment);
    lastNewAt = Date.now();
    arrivals.push({ at: lastNewAt, secondsBefore: counts.seconds });
    counts.segments += 1;
    counts.seconds += segment.seconds;
    appendFileSync(saveTo, body);
  };

  const turn = async (): Promise<void> => {
    for (const segment of await stream.newSegments()) if (state !== 'left') await playSegment(segment);
  };

  const isDone = (): boolean => state === 'left' || (state === 'finishing' && Date.now() - lastNewAt > drainedAfterMilliseconds);

  const play = async (): Promise<void> => {
    while (!isDone()) {
      await turn().catch(() => void (counts.failedResponses += 1));
      await sleep(arrivals.length === 0 ? 500 : 1000);
    }
    client.close();
  };
  const played = play();
  const viewing = (): Viewing => ({ ...counts, receivedBytes: client.receivedBytes, requests: client.requests });

  return {
    get viewing() {
      return viewing();
    },
    get firstSegmentAt() {
      return arrivals[0]?.at;
    },
    arrivals,
    finish: async () => {
      lastNewAt = Date.now();
      state = 'finishing';
      await played;
      return viewing();
    },
    leave: async () => {
      state = 'left';
      await played;
    },
  };
};
