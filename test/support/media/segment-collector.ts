import { setTimeout as sleep } from 'node:timers/promises';

/** What a viewer was told who asked for the manifest. */
export interface ManifestAnswer {
  readonly atMilliseconds: number;
  readonly status: number;
  /** What was said to a viewer who was not served. */
  readonly refusal?: string;
}

/** Takes all that a viewer is served, from the first answer to the last. */
export interface SegmentCollector {
  /** Segments by their URLs. */
  readonly segments: ReadonlyMap<string, Uint8Array>;
  /** The answers to the manifest, each with when it was given first: one as the one before it is not told again. */
  readonly answers: readonly ManifestAnswer[];
  stop(): Promise<void>;
}

const pauseMilliseconds = 500;

const urisOf = (text: string, base: string): readonly string[] =>
  text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).map((uri) => new URL(uri, base).href);

/** Asks for an HLS manifest twice a second, and for whatever it lists that was not served before. */
export const collectSegments = (manifestUrl: string): SegmentCollector => {
  const segments = new Map<string, Uint8Array>();
  const answers: ManifestAnswer[] = [];
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
    const { status } = response;
    const answer = { atMilliseconds: Date.now(), status, ...(status !== 200 && { refusal: text }) };
    if (answers.at(-1)?.status !== status || answers.at(-1)?.refusal !== answer.refusal) answers.push(answer);
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
    answers,
    stop: async () => {
      stopping.abort();
      await looking;
    },
  };
};
