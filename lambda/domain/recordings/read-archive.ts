import type { ChannelRun, RanOutput } from '../breakouts/channel-run.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import type { StoredObject } from '../usage/meters/storage-meter.ts';
import type { ObjectListing } from '../usage/object-listing.ts';
import { planArchive, type ArchivePlan } from './archive/archive-plan.ts';
import type { ArchivedRun } from './archive/archived-file.ts';
import { objectsOfRun } from './archive/objects-of-run.ts';

/** What reading a show's archive needs. */
export interface ReadArchiveDeps {
  readonly runs: Pick<ChannelRunStore, 'list'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly objects: ObjectListing;
  readonly now: () => Date;
}

/** A show's archive, and how high its pictures are at most. */
export interface ShowArchive extends ArchivePlan {
  /** All that was archived, of every copy. */
  readonly objects: readonly (StoredObject & { readonly bucket: string })[];
  /** Absent = not known. */
  readonly heightPixels?: number;
}

const archivedRun = async (deps: ReadArchiveDeps, run: ChannelRun): Promise<readonly ArchivedRun[]> => {
  const pipeline = await deps.pipelines.get(run.pipelineId);
  if (pipeline.kind === 'CAM') return [];
  const { bucket, keyPrefix, rolloverSeconds } = pipeline.archive;
  const now = deps.now().getTime();
  const from = Date.parse(run.started?.at ?? run.requestedAt);
  // What comes after the stop was asked for is the channel's business: it may archive a little more, or not.
  const to = Math.max(from, Date.parse(run.stopRequestedAt ?? run.ended?.at ?? deps.now().toISOString()));
  const objects = objectsOfRun(await deps.objects.list(bucket, keyPrefix), keyPrefix, run, now);
  return [{ bucket, keyPrefix, rolloverMilliseconds: rolloverSeconds * 1000, ran: { from, to }, objects }];
};

const outputsOf = (runs: readonly ChannelRun[]): readonly RanOutput[] => runs.flatMap(({ channel }) => channel.outputs);

const greatest = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : Math.max(...values));

/** The highest frame rate that a show's channels encoded: what an output that follows its source has. Absent = not known. */
export const archivedFramesPerSecond = async ({ runs }: Pick<ReadArchiveDeps, 'runs'>, breakoutId: string): Promise<number | undefined> =>
  greatest(outputsOf(await runs.list(breakoutId)).map(({ framesPerSecond }) => framesPerSecond));

/** What the channels of a show have archived, in order, each in its own pipeline's archive. Runs that never began have nothing. @throws NotFoundError, UnavailableError */
export const readArchive =
  (deps: ReadArchiveDeps) =>
  async (breakoutId: string): Promise<ShowArchive> => {
    const runs = (await deps.runs.list(breakoutId)).filter(({ started }) => started !== undefined);
    const heightPixels = greatest(outputsOf(runs).map((output) => output.heightPixels));
    const archived = (await Promise.all(runs.map((run) => archivedRun(deps, run)))).flat();
    const objects = archived.flatMap((run) => run.objects.map((object) => ({ ...object, bucket: run.bucket })));
    return {
      ...planArchive(archived),
      objects: [...new Map(objects.map((object) => [object.key, object])).values()],
      ...(heightPixels === undefined ? {} : { heightPixels }),
    };
  };
