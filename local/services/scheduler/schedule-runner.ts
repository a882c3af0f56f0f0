import { nextDue, parseSchedule } from './expressions/schedule-expression.ts';
import { scheduleKey, type KeptSchedule, type SchedulerState } from './schedule-state.ts';
import { sleepUntil } from './sleep-until.ts';
import { invokeScheduled, type InvocationDeps } from './target-invocation.ts';

/** Fires schedules when they are due. */
export interface ScheduleRunner {
  /** Looks again at a schedule that was created, changed or deleted. */
  refresh(key: string): void;
  close(): Promise<void>;
}

/** When the schedule is due next; undefined when it is off or over. A time that passed unnoticed is due now. */
const scheduleDue = (kept: KeptSchedule): number | undefined => {
  if (kept.state !== 'ENABLED') return undefined;
  const schedule = parseSchedule(kept.expression);
  // A time in the past is due at once, a rate begins at once: EventBridge Scheduler User Guide, schedule types.
  const begins = kept.startDate ?? kept.createdAt;
  const after = kept.lastDue ?? (schedule.kind === 'at' ? Number.NEGATIVE_INFINITY : begins - 1);
  const due = nextDue(schedule, begins, after);
  if (due === undefined || (schedule.kind !== 'at' && kept.endDate !== undefined && due > kept.endDate)) return undefined;
  return due;
};

/** Starts the clocks of all schedules. */
export const startSchedules = (state: SchedulerState, deps: InvocationDeps): ScheduleRunner => {
  const running = new Map<string, AbortController>();
  const underWay = new Set<Promise<void>>();

  /** Fires once, unless stopped; the schedule is marked when that is done, so that a restart meanwhile fires it again. */
  const fire = async (key: string, kept: KeptSchedule, due: number, signal: AbortSignal): Promise<void> => {
    await invokeScheduled(deps, kept, due, signal);
    if (signal.aborted) return;
    const fired = { ...kept, lastDue: Math.max(due, parseSchedule(kept.expression).kind === 'at' ? due : deps.clock.now()) };
    if (scheduleDue(fired) === undefined && kept.actionAfterCompletion === 'DELETE') state.schedules.delete(key);
    else state.schedules.put(key, fired);
  };

  const run = async (key: string, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const kept = state.schedules.get(key);
      const due = kept && scheduleDue(kept);
      if (!kept || due === undefined) return;
      await sleepUntil(deps.clock, due, signal);
      await fire(key, kept, due, signal);
      if (signal.aborted) return;
    }
  };

  const refresh = (key: string): void => {
    running.get(key)?.abort();
    const stopped = new AbortController();
    running.set(key, stopped);
    const ran = run(key, stopped.signal).finally(() => underWay.delete(ran));
    underWay.add(ran);
  };

  for (const kept of [...state.schedules.values()]) refresh(scheduleKey(kept));
  return {
    refresh,
    close: async () => {
      for (const stopped of running.values()) stopped.abort();
      await Promise.all(underWay);
    },
  };
};
