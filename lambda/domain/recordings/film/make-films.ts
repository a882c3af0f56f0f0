import { ConflictError } from '../../shared/errors.ts';
import type { ObjectListing } from '../../usage/object-listing.ts';
import { bestStreamUri } from '../hls/join-multivariant.ts';
import { folderOf } from '../hls/relative-path.ts';
import type { PlaylistFiles } from '../join-parts.ts';
import type { Recording, RecordingFile } from '../recording.ts';
import { partKeyPrefix } from '../submit-job.ts';
import { filmRuns, type FilmRun } from './film-runs.ts';
import { writeFilm, type MediaFiles } from './write-film.ts';

/** What making MP4 of fragments needs. */
export interface MakeFilmsDeps {
  readonly playlists: Pick<PlaylistFiles, 'read'>;
  readonly media: MediaFiles;
  readonly objects: ObjectListing;
}

/** What a function copies in its 15 minutes with time to spare: 24 MiB a second. UNVERIFIED on AWS. */
const mostBytes = 20n * 2n ** 30n;

const fileName = 'mp4/show-recording.mp4';

interface Film {
  readonly init: Uint8Array;
  readonly runs: readonly FilmRun[];
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, index) => byte === other[index]);

/** The folder of the best rendition of a part, and its runs. */
const bestOf = async ({ playlists }: MakeFilmsDeps, bucket: string, playlistKey: string): Promise<{ readonly folder: string; readonly runs: readonly FilmRun[] }> => {
  const key = `${folderOf(playlistKey)}${bestStreamUri(await playlists.read(bucket, playlistKey)) ?? ''}`;
  return { folder: folderOf(key), runs: filmRuns(folderOf(key), await playlists.read(bucket, key)) };
};

/** Runs that one initialisation section is for, however often it was written; another one is another film, as a file has one. */
const filmsOf = async ({ media }: MakeFilmsDeps, bucket: string, runs: readonly FilmRun[]): Promise<readonly Film[]> => {
  const films: Film[] = [];
  for (const run of runs) {
    const init = await media.read(bucket, run.initKey);
    const last = films.at(-1);
    if (last !== undefined && isSame(last.init, init)) films[films.length - 1] = { init, runs: [...last.runs, run] };
    else films.push({ init, runs: [run] });
  }
  return films;
};

const requireSize = async ({ objects }: MakeFilmsDeps, bucket: string, folders: readonly string[]): Promise<void> => {
  const listed = await Promise.all(folders.map((folder) => objects.list(bucket, folder)));
  const bytes = listed.flat().reduce((sum, object) => sum + object.bytes, 0n);
  if (bytes <= mostBytes) return;
  throw new ConflictError({ code: 'film-too-large', message: `the recording has ${bytes} bytes, of which no MP4 is made here, expected at most ${mostBytes}: make it of the HLS, with ffmpeg -i <its URL> -c copy show.mp4` });
};

/**
 * Makes MP4 of the best rendition of what the service recorded as fragmented MP4, all parts one after the other: one file, and another
 * wherever the encoder's settings changed. Repeatable.
 * @throws ConflictError where it cannot be made, NotFoundError, UnavailableError
 */
export const makeFilms =
  (deps: MakeFilmsDeps) =>
  async (recording: Recording): Promise<readonly RecordingFile[]> => {
    const { bucket, inPlace = [] } = recording;
    const parts = await Promise.all(inPlace.flatMap(({ playlistKey }) => (playlistKey === undefined ? [] : [bestOf(deps, bucket, playlistKey)])));
    await requireSize(deps, bucket, parts.map(({ folder }) => folder));
    const films = await filmsOf(deps, bucket, parts.flatMap(({ runs }) => runs));
    const files: RecordingFile[] = [];
    for (const [index, { init, runs }] of films.entries()) {
      const key = `${partKeyPrefix(recording, index + 1)}${fileName}`;
      files.push({ format: 'MP4', part: index + 1, key, bytes: await writeFilm(deps.media, { bucket, key }, init, runs), objects: 1 });
    }
    return files;
  };
