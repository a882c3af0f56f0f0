import { ConflictException, type GetScheduleGroupCommandOutput } from '@aws-sdk/client-scheduler';
import type * as scheduler from '@aws-sdk/client-scheduler';
import type { Operations } from '../../gateway/define-service.ts';
import { scheduleKey, type KeptGroup } from './schedule-state.ts';
import { groupArn, requireGroup, type SchedulerWorld } from './scheduler-lookup.ts';

const describe = ({ name, arn, createdAt }: KeptGroup): Omit<GetScheduleGroupCommandOutput, '$metadata'> => ({
  Name: name,
  Arn: arn,
  State: 'ACTIVE',
  CreationDate: new Date(createdAt),
  LastModificationDate: new Date(createdAt),
});

/** CreateScheduleGroup, GetScheduleGroup, DeleteScheduleGroup (with its schedules) and ListScheduleGroups. */
export const groupOperations = (world: SchedulerWorld): Operations<typeof scheduler> => {
  const naming = (action: string) => ({ Name }: { Name?: string | undefined }) => [{ action: `scheduler:${action}`, resources: [groupArn(world, Name ?? 'default')] }];
  return {
    CreateScheduleGroup: {
      permissions: naming('CreateScheduleGroup'),
      handle: ({ Name, ClientToken }) => {
        const known = world.state.groups.get(Name);
        if (known && (ClientToken === undefined || known.clientToken !== ClientToken)) {
          const message = `Schedule group ${Name} already exists.`;
          throw new ConflictException({ Message: message, message, $metadata: {} });
        }
        const group = known ?? { name: Name, arn: groupArn(world, Name), createdAt: world.now(), ...(ClientToken === undefined ? {} : { clientToken: ClientToken }) };
        world.state.groups.put(Name, group);
        return { ScheduleGroupArn: group.arn };
      },
    },
    GetScheduleGroup: { permissions: naming('GetScheduleGroup'), handle: ({ Name }) => describe(requireGroup(world, Name)) },
    DeleteScheduleGroup: {
      permissions: naming('DeleteScheduleGroup'),
      handle: ({ Name }) => {
        const { name } = requireGroup(world, Name);
        for (const schedule of [...world.state.schedules.values()].filter(({ group }) => group === name)) {
          world.state.schedules.delete(scheduleKey(schedule));
          world.runner.refresh(scheduleKey(schedule));
        }
        world.state.groups.delete(name);
        return {};
      },
    },
    ListScheduleGroups: {
      permissions: () => [{ action: 'scheduler:ListScheduleGroups', resources: [groupArn(world, '*')] }],
      handle: ({ NamePrefix = '' }) => {
        const groups = [requireGroup(world), ...[...world.state.groups.values()]];
        return { ScheduleGroups: groups.filter(({ name }) => name.startsWith(NamePrefix)).map(describe) };
      },
    },
  };
};
