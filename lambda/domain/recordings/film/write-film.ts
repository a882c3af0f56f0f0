import { beginOf, movedBy, timescalesOf, type Timescales } from './fragment-times.ts';
import type { FilmRun } from './film-runs.ts';

/** Reads and writes media where recordings are. */
export interface MediaFiles {
  /** @throws NotFoundError, UnavailableError */
  read(bucket: string, key: string): Promise<Uint8Array>;
  /** Writes an object of any size piece by piece; nothing is there where it is not written to its end. Answers its bytes. @throws UnavailableError */
  write(bucket: string, key: string, pieces: AsyncIterable<Uint8Array>): Promise<bigint>;
}

/** What is read ahead, so that writing does not wait for each segment. */
const readAhead = 6;

async function* inOrder<Item, Result>(items: readonly Item[], read: (item: Item) => Promise<Result>): AsyncGenerator<Result> {
  const ahead: Promise<Result>[] = [];
  for (const item of items) {
    ahead.push(read(item));
    if (ahead.length < readAhead) continue;
    const next = ahead.shift();
    if (next !== undefined) yield await next;
  }
  for (const last of ahead) yield await last;
}

async function* movedRun(files: MediaFiles, bucket: string, run: FilmRun, from: number, timescales: Timescales): AsyncGenerator<Uint8Array> {
  let shift: number | undefined;
  for await (const segment of inOrder(run.segmentKeys, (key) => files.read(bucket, key))) {
    shift ??= from - beginOf(segment, timescales);
    yield movedBy(segment, shift, timescales);
  }
}

async function* piecesOf(files: MediaFiles, bucket: string, init: Uint8Array, runs: readonly FilmRun[]): AsyncGenerator<Uint8Array> {
  const timescales = timescalesOf(init);
  let from = 0;
  yield init;
  for (const run of runs) {
    yield* movedRun(files, bucket, run, from, timescales);
    from += run.durationMilliseconds;
  }
}

/**
 * Makes one MP4 of fragments that were recorded: the initialisation section and all fragments after it, each run of them later by what
 * went before. Pictures and sound are copied as they are, and nothing is encoded; the file stays a fragmented one. Answers its bytes.
 * @throws ConflictError where it is not what it should be, NotFoundError, UnavailableError
 */
export const writeFilm = (files: MediaFiles, place: { readonly bucket: string; readonly key: string }, init: Uint8Array, runs: readonly FilmRun[]): Promise<bigint> =>
  files.write(place.bucket, place.key, piecesOf(files, place.bucket, init, runs));
