import { type CamRun, camRunWithObservation } from '../../../lambda/domain/breakouts/cam/cam-run.ts';
import { type ChannelRun, withObservation } from '../../../lambda/domain/breakouts/channel-run.ts';
import type { CamRunStore, ChannelRunStore, RunStore, ShowRunStore } from '../../../lambda/domain/breakouts/channel-run-store.ts';

type AnyRun = ChannelRun | CamRun;

const isCamRun = (run: AnyRun): run is CamRun => 'kind' in run;
const isChannelRun = (run: AnyRun): run is ChannelRun => !isCamRun(run);
const isAnyRun = (run: AnyRun): run is AnyRun => isCamRun(run) || isChannelRun(run);

const keyOf = (breakoutId: string, attempt: number): string => `${breakoutId} ${String(attempt).padStart(3, '0')}`;

const viewOf = <Run extends AnyRun>(runs: Map<string, AnyRun>, isWanted: (run: AnyRun) => run is Run): RunStore<Run> => {
  const wanted = (run: AnyRun | undefined): Run | undefined => (run !== undefined && isWanted(run) ? run : undefined);
  const change = (key: string, next: (run: AnyRun) => AnyRun): AnyRun | undefined => {
    const run = runs.get(key);
    if (!run) return undefined;
    const changed = next(run);
    runs.set(key, changed);
    return changed;
  };
  return {
    get: async (breakoutId, attempt) => wanted(runs.get(keyOf(breakoutId, attempt))),
    list: async (breakoutId) => [...runs].filter(([key]) => key.startsWith(`${breakoutId} `)).sort().map(([, run]) => run).filter(isWanted),
    async begin(run) {
      const key = keyOf(run.breakoutId, run.attempt);
      const kept = wanted(runs.get(key)) ?? run;
      runs.set(key, kept);
      return kept;
    },
    observe: async (breakoutId, attempt, seen) =>
      wanted(change(keyOf(breakoutId, attempt), (run) => (isCamRun(run) ? camRunWithObservation(run, seen) : withObservation(run, seen)))),
    async noteStopRequest(breakoutId, attempt, at) {
      change(keyOf(breakoutId, attempt), (run) => ({ ...run, stopRequestedAt: at }));
    },
  };
};

/** Runs of both kinds in memory, as each of those sees them who ask. */
export const memoryRunsOfAllKinds = (): { readonly channelRuns: ChannelRunStore; readonly camRuns: CamRunStore; readonly showRuns: ShowRunStore } => {
  const runs = new Map<string, AnyRun>();
  return { channelRuns: viewOf(runs, isChannelRun), camRuns: viewOf(runs, isCamRun), showRuns: viewOf(runs, isAnyRun) };
};

/** Runs of channels in memory. */
export const memoryRuns = (): ChannelRunStore => memoryRunsOfAllKinds().channelRuns;
