import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { CamRun } from '../../../lambda/domain/breakouts/cam/cam-run.ts';
import type { PipelineHold } from '../../../lambda/domain/pipelines/pipeline-hold.ts';
import type { Recording } from '../../../lambda/domain/recordings/recording.ts';
import type { HeldBytes } from '../../../lambda/domain/recordings/stored-intervals.ts';
import { NotFoundError } from '../../../lambda/domain/shared/errors.ts';
import type { TakeInventoryDeps } from '../../../lambda/domain/usage/inventory/take-inventory.ts';
import { takeInventory } from '../../../lambda/domain/usage/inventory/take-inventory.ts';
import type { StoredObject } from '../../../lambda/domain/usage/meters/storage-meter.ts';
import { aCamPipeline } from '../shows/a-cam-plan.ts';
import { aChannelRun, aMeteredPipeline, aStoppedBreakout } from './a-show.ts';
import { accruingShow } from './accruing-show.ts';
import { itemIds } from './ids.ts';
import { memoryStrayDays } from './memory-overheads.ts';
import type { Mishap } from './memory-usage-store.ts';

/** Where the recording of the show is. */
export const recordedIn = `${itemIds.account}/${itemIds.event}/${itemIds.breakout}/`;

/** A settled show with its two buckets, which are listed in pages of two. */
export const inventoryWorld = async (stored: { readonly archive?: readonly HeldBytes[]; readonly recordings?: readonly HeldBytes[] }, mishap?: () => Mishap) => {
  const show = await accruingShow(stored, mishap);
  const buckets = { archive: [] as readonly StoredObject[], recordings: [] as readonly StoredObject[] };
  const breakouts = new Map<string, Breakout>([[itemIds.breakout, aStoppedBreakout({ status: 'COMPLETED', finalisedAt: '2026-11-23T12:00:40.000Z' })]]);
  const strays = memoryStrayDays();
  const state = { holds: [] as readonly PipelineHold[], camRuns: [] as readonly CamRun[], others: new Map<string, Recording>() };
  const deps: TakeInventoryDeps = {
    ...show.deps,
    strays,
    recordings: { get: async (breakoutId) => (breakoutId === itemIds.breakout ? show.state.recording : state.others.get(breakoutId)) },
    breakouts: {
      get: async (breakoutId) => {
        const found = breakouts.get(breakoutId);
        if (found === undefined) throw new NotFoundError({ code: 'breakout-not-found', message: `no ${breakoutId}` });
        return found;
      },
    },
    objects: {
      async *pages(bucket) {
        const objects = (bucket === 'archive' ? buckets.archive : buckets.recordings).toSorted((one, other) => (one.key < other.key ? -1 : 1));
        for (let from = 0; from < objects.length; from += 2) yield objects.slice(from, from + 2);
      },
    },
    camRuns: { list: async (breakoutId) => state.camRuns.filter((run) => run.breakoutId === breakoutId) },
    archiveBucket: 'archive',
    recordingsBucket: 'recordings',
    recordingsColdDays: 0,
    pipelines: { list: async () => [aMeteredPipeline({ archive: { bucket: 'archive', keyPrefix: 'pl_main/archive', rolloverSeconds: 300 } }), aCamPipeline()] },
    holds: { claimedIn: async (pipelineId) => state.holds.filter((hold) => hold.pipelineId === pipelineId) },
    runs: { list: async (breakoutId) => (breakoutId === itemIds.breakout ? [aChannelRun()] : []) },
  };
  return {
    ...show, state: Object.assign(show.state, state), buckets, breakouts, strays,
    /** Shows that were on a Cam pipeline, by their runs. */
    onCam: (runs: readonly CamRun[]) => {
      state.camRuns = runs;
      state.holds = runs.map(({ pipelineId, breakoutId, attempt, requestedAt }) => ({ pipelineId, breakoutId, attempt, accountId: itemIds.account, claimedAt: requestedAt }));
    },
    record: (recording: Recording) => void state.others.set(recording.breakoutId, recording),
    takeAt: (now: number) => {
      show.state.now = now;
      return takeInventory(deps)();
    },
  };
};
