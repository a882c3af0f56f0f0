import type { ActionAfterCompletion, FlexibleTimeWindow, ScheduleState as ScheduleSwitch, Target } from '@aws-sdk/client-scheduler';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** A schedule as it is kept. Times in milliseconds since the epoch. */
export interface KeptSchedule {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly expression: string;
  readonly description?: string;
  readonly startDate?: number;
  readonly endDate?: number;
  readonly state: ScheduleSwitch;
  readonly flexibleTimeWindow: FlexibleTimeWindow;
  readonly target: Target;
  readonly actionAfterCompletion: ActionAfterCompletion;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly clientToken?: string;
  /** When it was last due. */
  readonly lastDue?: number;
}

/** A group of schedules. */
export interface KeptGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly clientToken?: string;
}

/** All that the scheduler keeps. */
export interface SchedulerState {
  /** By `<group>/<name>`. */
  readonly schedules: Collection<KeptSchedule>;
  readonly groups: Collection<KeptGroup>;
}

/** The group that always is there. */
export const defaultGroup = 'default';

/** The key of a schedule. */
export const scheduleKey = ({ group, name }: Pick<KeptSchedule, 'group' | 'name'>): string => `${group}/${name}`;

/** Opens the scheduler's collections. */
export const openSchedulerState = (store: StateStore): SchedulerState => ({
  schedules: store.collection('scheduler/schedules'),
  groups: store.collection('scheduler/groups'),
});
