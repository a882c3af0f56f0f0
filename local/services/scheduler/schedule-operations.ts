import { ConflictException, type GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';
import type * as scheduler from '@aws-sdk/client-scheduler';
import type { Operations } from '../../gateway/define-service.ts';
import { readSchedule, type ScheduleRequest } from './schedule-request.ts';
import { defaultGroup, scheduleKey, type KeptSchedule } from './schedule-state.ts';
import { onSchedule, requireGroup, requireSchedule, scheduleArn, type SchedulerWorld } from './scheduler-lookup.ts';

const dateOf = (milliseconds: number | undefined): Date | undefined => (milliseconds === undefined ? undefined : new Date(milliseconds));

const describe = (kept: KeptSchedule): Omit<GetScheduleCommandOutput, '$metadata'> => ({
  Arn: kept.arn,
  Name: kept.name,
  GroupName: kept.group,
  Description: kept.description,
  ScheduleExpression: kept.expression,
  ScheduleExpressionTimezone: 'UTC',
  StartDate: dateOf(kept.startDate),
  EndDate: dateOf(kept.endDate),
  State: kept.state,
  FlexibleTimeWindow: kept.flexibleTimeWindow,
  Target: kept.target,
  ActionAfterCompletion: kept.actionAfterCompletion,
  CreationDate: dateOf(kept.createdAt),
  LastModificationDate: dateOf(kept.modifiedAt),
});

const keep = (world: SchedulerWorld, kept: KeptSchedule): { ScheduleArn: string } => {
  world.state.schedules.put(scheduleKey(kept), kept);
  world.runner.refresh(scheduleKey(kept));
  return { ScheduleArn: kept.arn };
};

const create = (world: SchedulerWorld, input: ScheduleRequest): { ScheduleArn: string } => {
  const { Name: name, GroupName: group = defaultGroup, ClientToken } = input;
  requireGroup(world, group);
  const known = world.state.schedules.get(scheduleKey({ group, name }));
  if (known) {
    if (ClientToken !== undefined && known.clientToken === ClientToken) return { ScheduleArn: known.arn };
    const message = `Schedule ${name} already exists.`;
    throw new ConflictException({ Message: message, message, $metadata: {} });
  }
  const now = world.now();
  return keep(world, { ...readSchedule(input, world.roles), name, group, arn: scheduleArn(world, group, name), createdAt: now, modifiedAt: now });
};

const update = (world: SchedulerWorld, input: ScheduleRequest): { ScheduleArn: string } => {
  const { name, group, arn, createdAt } = requireSchedule(world, input.Name, input.GroupName);
  return keep(world, { ...readSchedule(input, world.roles), name, group, arn, createdAt, modifiedAt: world.now() });
};

/** CreateSchedule, GetSchedule, UpdateSchedule, DeleteSchedule and ListSchedules. */
export const scheduleOperations = (world: SchedulerWorld): Operations<typeof scheduler> => {
  const writing = (action: string) => ({ Name, GroupName = defaultGroup, Target }: ScheduleRequest) => [
    onSchedule(world, action, GroupName, Name),
    { action: 'iam:PassRole', resources: [Target.RoleArn] },
  ];
  const naming = (action: string) => ({ Name, GroupName = defaultGroup }: { Name: string; GroupName?: string | undefined }) => [onSchedule(world, action, GroupName, Name)];
  return {
    CreateSchedule: { permissions: writing('CreateSchedule'), handle: (input) => create(world, input) },
    UpdateSchedule: { permissions: writing('UpdateSchedule'), handle: (input) => update(world, input) },
    GetSchedule: { permissions: naming('GetSchedule'), handle: ({ Name, GroupName }) => describe(requireSchedule(world, Name, GroupName)) },
    DeleteSchedule: {
      permissions: naming('DeleteSchedule'),
      handle: ({ Name, GroupName }) => {
        const key = scheduleKey(requireSchedule(world, Name, GroupName));
        world.state.schedules.delete(key);
        world.runner.refresh(key);
        return {};
      },
    },
    ListSchedules: {
      permissions: ({ GroupName }) => [onSchedule(world, 'ListSchedules', GroupName ?? '*', '*')],
      handle: ({ GroupName, NamePrefix = '', State }) => ({
        Schedules: [...world.state.schedules.values()]
          .filter(({ name, group, state }) => (GroupName ?? group) === group && name.startsWith(NamePrefix) && (State ?? state) === state)
          .map((kept) => ({ ...describe(kept), Target: { Arn: kept.target.Arn } })),
      }),
    },
  };
};
