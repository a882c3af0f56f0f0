import { ResourceNotFoundException } from '@aws-sdk/client-scheduler';
import type { Permission } from '../../gateway/service.ts';
import type { RoleSessions } from '../../runtime/ports.ts';
import type { ScheduleRunner } from './schedule-runner.ts';
import { defaultGroup, scheduleKey, type KeptGroup, type KeptSchedule, type SchedulerState } from './schedule-state.ts';

/** What the operations work with. */
export interface SchedulerWorld {
  readonly state: SchedulerState;
  readonly runner: ScheduleRunner;
  readonly roles: RoleSessions;
  readonly accountId: string;
  readonly region: string;
  now(): number;
}

/** The ARN of a schedule. */
export const scheduleArn = ({ region, accountId }: SchedulerWorld, group: string, name: string): string => `arn:aws:scheduler:${region}:${accountId}:schedule/${group}/${name}`;

/** The ARN of a group. */
export const groupArn = ({ region, accountId }: SchedulerWorld, group: string): string => `arn:aws:scheduler:${region}:${accountId}:schedule-group/${group}`;

/** The permission of an operation on a schedule. */
export const onSchedule = (world: SchedulerWorld, action: string, group: string, name: string): Permission => ({
  action: `scheduler:${action}`,
  resources: [scheduleArn(world, group, name)],
});

const notFound = (Message: string): ResourceNotFoundException => new ResourceNotFoundException({ Message, message: Message, $metadata: {} });

/** The group of that name. */
export const requireGroup = (world: SchedulerWorld, name: string = defaultGroup): KeptGroup => {
  const group = world.state.groups.get(name);
  if (group) return group;
  if (name === defaultGroup) return { name, arn: groupArn(world, name), createdAt: 0 };
  throw notFound(`Schedule group ${name} does not exist.`);
};

/** The schedule of that name in the group. */
export const requireSchedule = (world: SchedulerWorld, name: string, group: string = defaultGroup): KeptSchedule => {
  const schedule = world.state.schedules.get(scheduleKey({ group, name }));
  if (schedule) return schedule;
  throw notFound(`Schedule ${name} does not exist.`);
};
