import { setTimeout as sleep } from 'node:timers/promises';

/** Takes all that a viewer is served, from the first answer to the last. */
export interface SegmentCollector {
  /** Segments by their URLs. */
  readonly segments: ReadonlyMap<string, Uint8Array>;
  /** The status of the newest answer to the manifest. */
  readonly status: () => number | undefined;
  stop(): Promise<void>;
}

const pauseMilliseconds = 500;

const urisOf = (text: string, base: string): readonly string[] =>
  text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).map((uri) => new URL(uri, base).href);

/** Asks for an HLS manifest twice a second, and for whatever it lists that was not served before. */
export const collectSegments = (manifestUrl: string): SegmentCollector => {
  const segments = new Map<string, Uint8Array>();
  let status: number | undefined;
  const stopping = new AbortController();
  const take = async (url: string): Promise<void> => {
    if (segments.has(url)) return;
    const response = await fetch(url);
    if (response.status === 200) segments.set(url, new Uint8Array(await response.arrayBuffer()));
    else await response.arrayBuffer();
  };
  const look = async (): Promise<void> => {
    const response = await fetch(manifestUrl);
    const text = await response.text();
    ({ status } = response);
    if (status !== 200) return;
    for (const media of urisOf(text, manifestUrl).slice(0, 1)) {
      const playlist = await fetch(media);
      const list = await playlist.text();
      if (playlist.status === 200) for (const url of urisOf(list, media)) await take(url);
    }
  };
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch(() => undefined);
      await sleep(pauseMilliseconds);
    }
  })();
  return {
    segments,
    status: () => status,
    stop: async () => {
      stopping.abort();
      await looking;
    },
  };
};
