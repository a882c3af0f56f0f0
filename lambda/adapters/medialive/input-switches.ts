import {
  BatchUpdateScheduleCommand,
  DeleteScheduleCommand,
  type MediaLiveClient,
  NotFoundException,
  paginateDescribeSchedule,
  type ScheduleAction,
  UnprocessableEntityException,
} from '@aws-sdk/client-medialive';
import type { InputSwitch, InputSwitches } from '../../domain/pipelines/input-switches.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { ConflictError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';

/**
 * A schedule holds 1,500 actions, stale ones included: all but the newest few are taken away with each switch. The
 * newest switch of a running channel must stay, for MediaLive goes by it when it recovers.
 * https://docs.aws.amazon.com/medialive/latest/ug/eml-limitations-and-rules.html
 */
const actionsKept = 20;

const mostDeletedAtOnce = 100;

const isSwitch = ({ ScheduleActionSettings }: ScheduleAction): boolean => ScheduleActionSettings?.InputSwitchSettings !== undefined;

const nameOf = ({ ActionName = '' }: ScheduleAction): string => ActionName;

/** The schedules of MediaLive's channels. IAM: medialive:DescribeSchedule, BatchUpdateSchedule and DeleteSchedule on channels by tag. */
export const mediaLiveInputSwitches = (client: MediaLiveClient): InputSwitches => {
  const ofChannel = async <Output>(channelId: string, call: () => Promise<Output>): Promise<Output> => {
    try {
      return await calling('medialive', call);
    } catch (error) {
      if (error instanceof NotFoundException) throw notFound('channel', channelId);
      if (!(error instanceof UnprocessableEntityException)) throw error;
      const reasons = (error.ValidationErrors ?? []).map(({ ErrorMessage = '' }) => ErrorMessage).join('; ');
      throw new ConflictError({ code: 'schedule-refused', message: `channel ${channelId} cannot take the action: ${reasons || error.message}`, cause: error });
    }
  };
  /** In the order in which they were made. */
  const scheduled = (ChannelId: string): Promise<readonly ScheduleAction[]> =>
    ofChannel(ChannelId, async () => {
      const actions: ScheduleAction[] = [];
      for await (const { ScheduleActions = [] } of paginateDescribeSchedule({ client }, { ChannelId })) actions.push(...ScheduleActions);
      return actions;
    });
  const action = ({ name, input }: InputSwitch): ScheduleAction => ({
    ActionName: name,
    ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} },
    ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: input } },
  });
  return {
    async switchTo(command) {
      const { channelId: ChannelId, name } = command;
      const actions = await scheduled(ChannelId);
      if (actions.some((one) => nameOf(one) === name)) return;
      const stale = actions.filter(isSwitch).slice(0, -actionsKept).slice(0, mostDeletedAtOnce).map(nameOf);
      const Deletes = stale.length === 0 ? {} : { Deletes: { ActionNames: stale } };
      await ofChannel(ChannelId, () => client.send(new BatchUpdateScheduleCommand({ ChannelId, Creates: { ScheduleActions: [action(command)] }, ...Deletes })));
    },
    async clear(ChannelId) {
      await ofChannel(ChannelId, () => client.send(new DeleteScheduleCommand({ ChannelId })));
    },
  };
};
