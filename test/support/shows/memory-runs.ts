import { type ChannelRun, withObservation } from '../../../lambda/domain/breakouts/channel-run.ts';
import type { ChannelRunStore } from '../../../lambda/domain/breakouts/channel-run-store.ts';

/** Runs in memory. */
export const memoryRuns = (): ChannelRunStore => {
  const runs = new Map<string, ChannelRun>();
  const keyOf = (breakoutId: string, attempt: number): string => `${breakoutId} ${String(attempt).padStart(3, '0')}`;
  const change = (key: string, next: (run: ChannelRun) => ChannelRun): ChannelRun | undefined => {
    const run = runs.get(key);
    if (!run) return undefined;
    const changed = next(run);
    runs.set(key, changed);
    return changed;
  };
  return {
    get: async (breakoutId, attempt) => runs.get(keyOf(breakoutId, attempt)),
    list: async (breakoutId) => [...runs].filter(([key]) => key.startsWith(`${breakoutId} `)).sort().map(([, run]) => run),
    async begin(run) {
      const key = keyOf(run.breakoutId, run.attempt);
      const kept = runs.get(key) ?? run;
      runs.set(key, kept);
      return kept;
    },
    observe: async (breakoutId, attempt, seen) => change(keyOf(breakoutId, attempt), (run) => withObservation(run, seen)),
    async noteStopRequest(breakoutId, attempt, at) {
      change(keyOf(breakoutId, attempt), (run) => ({ ...run, stopRequestedAt: at }));
    },
  };
};
