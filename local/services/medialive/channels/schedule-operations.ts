import type * as sdk from '@aws-sdk/client-medialive';
import type { ScheduleAction } from '@aws-sdk/client-medialive';
import type { Operations } from '../../../gateway/define-service.ts';
import type { ControlPlane } from '../control-plane.ts';
import { unprocessable } from '../faults.ts';
import { pageOf } from '../page-of.ts';
import { Problems } from '../settings/problems.ts';
import { existingChannel, onChannel } from './existing-channel.ts';
import { checkActions } from './read-schedule.ts';

/** Operations on a channel's schedule. An immediate switch happens at once while the channel runs, and else only stands there. */
export const scheduleOperations = ({ records, engine }: ControlPlane): Operations<typeof sdk> => {
  const existing = existingChannel(records);
  const actionsOf = (channelId: string): readonly ScheduleAction[] => records.schedules.get(channelId)?.actions ?? [];

  return {
    BatchUpdateSchedule: {
      permissions: onChannel('BatchUpdateSchedule'),
      handle: ({ ChannelId, Creates, Deletes }) => {
        const { declaration } = existing(ChannelId);
        const problems = new Problems();
        const [before, created, deletedNames] = [actionsOf(ChannelId), Creates?.ScheduleActions ?? [], Deletes?.ActionNames ?? []];
        for (const [index, name] of deletedNames.entries()) {
          if (!before.some(({ ActionName }) => ActionName === name)) problems.add(`/deletes/actionNames[${index}]`, `${name} is not in the schedule`);
        }
        const deleted = before.filter(({ ActionName }) => deletedNames.includes(ActionName ?? ''));
        const kept = before.filter((action) => !deleted.includes(action));
        checkActions(declaration, kept, created, problems);
        if (problems.found.length > 0) throw unprocessable(problems.found);
        records.schedules.put(ChannelId, { actions: [...kept, ...created] });
        for (const { ActionName, ScheduleActionSettings: settings } of created) {
          engine.run(ChannelId)?.switchTo(settings.InputSwitchSettings?.InputAttachmentNameReference ?? '', ActionName);
        }
        return {
          ...(Creates === undefined ? {} : { Creates: { ScheduleActions: created } }),
          ...(Deletes === undefined ? {} : { Deletes: { ScheduleActions: [...deleted] } }),
        };
      },
    },
    DescribeSchedule: {
      permissions: onChannel('DescribeSchedule'),
      handle: ({ ChannelId, MaxResults, NextToken }) => {
        existing(ChannelId);
        const { items, nextToken } = pageOf(actionsOf(ChannelId), MaxResults, NextToken);
        return { ScheduleActions: [...items], ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
      },
    },
    DeleteSchedule: {
      permissions: onChannel('DeleteSchedule'),
      handle: ({ ChannelId }) => {
        existing(ChannelId);
        records.schedules.delete(ChannelId);
        return {};
      },
    },
  };
};
