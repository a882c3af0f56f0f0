import type { ChannelRunStore } from '../../breakouts/channel-run-store.ts';
import type { ChannelRun } from '../../breakouts/channel-run.ts';
import type { HoldHistory } from '../../pipelines/pipeline-hold.ts';
import type { PipelineRegistry, ProPipeline } from '../../pipelines/pipeline.ts';
import { objectsOfRun } from '../../recordings/archive/objects-of-run.ts';
import { storedTogether } from '../../recordings/stored-intervals.ts';
import type { StoredObject } from '../meters/storage-meter.ts';
import { allHolding, holdsKnownMilliseconds, type Inventoried, type InventoryDeps } from './inventory.ts';
import { reconcileHolding } from './reconcile-holding.ts';

/** What an inventory of the archive needs. */
export interface InventoryArchiveDeps extends InventoryDeps {
  readonly archiveBucket: string;
  readonly pipelines: Pick<PipelineRegistry, 'list'>;
  readonly holds: HoldHistory;
  readonly runs: Pick<ChannelRunStore, 'list'>;
}

const archivesIn = async ({ pipelines, archiveBucket }: InventoryArchiveDeps): Promise<readonly ProPipeline[]> =>
  (await pipelines.list()).flatMap((pipeline) => (pipeline.kind === 'PRO' && pipeline.archive.bucket === archiveBucket ? [pipeline] : []));

/** The breakouts that may have archived something: those that hold something, and those that were on lately. */
const candidatesOf = async (deps: InventoryArchiveDeps, pipelines: readonly ProPipeline[], at: number): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for await (const breakoutId of allHolding(deps)) found.add(breakoutId);
  for (const { pipelineId } of pipelines) {
    for (const { breakoutId } of await deps.holds.claimedIn(pipelineId, { from: at - holdsKnownMilliseconds, to: at })) found.add(breakoutId);
  }
  return found;
};

const listBucket = async ({ objects, archiveBucket }: InventoryArchiveDeps): Promise<readonly StoredObject[]> => {
  const found: StoredObject[] = [];
  for await (const page of objects.pages(archiveBucket, '')) found.push(...page);
  return found;
};

/** What runs have archived by their pipelines' prefixes; undefined where a pipeline is gone, whose prefix nobody knows. */
const archivedBy = (runs: readonly ChannelRun[], pipelines: readonly ProPipeline[], byPrefix: ReadonlyMap<string, readonly StoredObject[]>, at: number): readonly StoredObject[] | undefined => {
  const found = new Map<string, StoredObject>();
  for (const run of runs) {
    const pipeline = pipelines.find(({ pipelineId }) => pipelineId === run.pipelineId);
    if (pipeline === undefined) return undefined;
    const { keyPrefix } = pipeline.archive;
    for (const object of objectsOfRun(byPrefix.get(keyPrefix) ?? [], keyPrefix, run, at)) found.set(object.key, object);
  }
  return [...found.values()];
};

/**
 * Compares the archive with what breakouts hold, as `inventoryRecordings` does: an archive's file is of the run in which
 * its name says that it began. A show on a Cam pipeline has archived nothing, and holds no archive.
 */
export const inventoryArchive =
  (deps: InventoryArchiveDeps) =>
  async (at: number): Promise<Inventoried> => {
    const pipelines = await archivesIn(deps);
    const objects = await listBucket(deps);
    const byPrefix = new Map(pipelines.map(({ archive: { keyPrefix } }) => [keyPrefix, objects.filter(({ key }) => key.startsWith(keyPrefix))]));
    const nobodys = new Map(objects.map((object) => [object.key, object]));
    const corrected: string[] = [];
    const failed: { what: string; error: unknown }[] = [];
    for (const breakoutId of await candidatesOf(deps, pipelines, at)) {
      try {
        const own = archivedBy(await deps.runs.list(breakoutId), pipelines, byPrefix, at);
        if (own === undefined) continue;
        for (const { key } of own) nobodys.delete(key);
        const outcome = await reconcileHolding(deps)(breakoutId, { place: 'archive', bucket: deps.archiveBucket, stored: storedTogether(own) }, at, await deps.recordings.get(breakoutId));
        if (outcome === 'CORRECTED') corrected.push(breakoutId);
      } catch (error) {
        failed.push({ what: breakoutId, error });
      }
    }
    return { objects: objects.length, corrected, strays: [...nobodys.values()], failed };
  };
