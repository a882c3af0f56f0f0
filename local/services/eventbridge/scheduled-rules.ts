import type { Clock, TimeScale } from '../../runtime/clock.ts';
import { nextDue, parseSchedule } from '../scheduler/expressions/schedule-expression.ts';
import { sleepUntil } from '../scheduler/sleep-until.ts';
import type { BusState, Rule } from './bus-state.ts';
import type { EventBus } from './event-bus.ts';

/** Fires rules that have a schedule. */
export interface ScheduledRules {
  /** Looks again at a rule that was created, changed or deleted. */
  refresh(name: string): void;
  close(): void;
}

/** What scheduled rules work with. */
export interface ScheduledRulesDeps {
  readonly state: BusState;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly bus: EventBus;
}

/** A rate begins when its rule is created; the first event comes within a minute, when the rule has its targets. */
const firstRateMilliseconds = 60_000;
const soonestMilliseconds = 1_000;

/** When the rule is due next, in milliseconds. What was missed while nothing ran is due at once. */
const ruleDue = (rule: Rule, lastDue: number | undefined, timeScale: TimeScale): number | undefined => {
  if (rule.state !== 'ENABLED' || rule.scheduleExpression === undefined) return undefined;
  const schedule = parseSchedule(rule.scheduleExpression);
  const first = Math.max(timeScale.scaled(firstRateMilliseconds), soonestMilliseconds);
  const anchor = rule.scheduledSince + (schedule.kind === 'rate' ? first : 0);
  return nextDue(schedule, anchor, Math.max(lastDue ?? 0, rule.scheduledSince));
};

/** Starts the clocks of all scheduled rules. */
export const startScheduledRules = ({ state, clock, timeScale, bus }: ScheduledRulesDeps): ScheduledRules => {
  const running = new Map<string, AbortController>();

  const run = async (name: string, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const rule = state.rules.get(name);
      const due = rule && ruleDue(rule, state.lastDue.get(name), timeScale);
      if (due === undefined) return;
      await sleepUntil(clock, due, signal);
      const current = state.rules.get(name);
      if (signal.aborted || !current) return;
      state.lastDue.put(name, clock.now());
      bus.fire(current, { source: 'aws.events', detailType: 'Scheduled Event', resources: [current.arn], detail: {} });
    }
  };

  const refresh = (name: string): void => {
    running.get(name)?.abort();
    if (!state.rules.get(name)) state.lastDue.delete(name);
    const stopped = new AbortController();
    running.set(name, stopped);
    void run(name, stopped.signal);
  };

  for (const { name } of [...state.rules.values()]) refresh(name);
  return {
    refresh,
    close: () => {
      for (const stopped of running.values()) stopped.abort();
    },
  };
};
