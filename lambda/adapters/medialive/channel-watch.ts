import {
  type ChannelAlert,
  DescribeChannelCommand,
  DescribeThumbnailsCommand,
  type MediaLiveClient,
  NotFoundException,
  paginateListAlerts,
} from '@aws-sdk/client-medialive';
import type { ChannelWatch, ListedAlert, Thumbnail } from '../../domain/monitoring/channel-watch.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { calling } from '../service-faults.ts';
import { channelStateOf } from './channel-state.ts';

const translated = (channelId: string, error: unknown): unknown => (error instanceof NotFoundException ? notFound('channel', channelId) : error);

const alertOf = ({ Id, AlertType = '', PipelineId = '', Message = '', SetTimestamp, ClearedTimestamp, State }: ChannelAlert): readonly ListedAlert[] => {
  if (Id === undefined || SetTimestamp === undefined) return [];
  const isCleared = State === 'CLEARED' && ClearedTimestamp !== undefined;
  const alert = { alertId: Id, alertType: AlertType, pipeline: PipelineId, message: Message, setAt: SetTimestamp.toISOString() };
  return [isCleared ? { ...alert, clearedAt: ClearedTimestamp.toISOString() } : alert];
};

/** Looks at channels of MediaLive. IAM: medialive:DescribeChannel, ListAlerts and DescribeThumbnails on channels by tag. */
export const mediaLiveChannelWatch = (client: MediaLiveClient): ChannelWatch => {
  const asking = async <Answer>(channelId: string, ask: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await calling('medialive', ask);
    } catch (error) {
      throw translated(channelId, error);
    }
  };
  return {
    look: (ChannelId) =>
      asking(ChannelId, async () => {
        const { State, PipelineDetails = [] } = await client.send(new DescribeChannelCommand({ ChannelId }));
        return {
          state: channelStateOf(State),
          active: PipelineDetails.flatMap(({ PipelineId, ActiveInputAttachmentName: input, ActiveInputSwitchActionName: action }) => {
            if (PipelineId === undefined || input === undefined || input === '') return [];
            return [{ pipeline: PipelineId, input, ...(action === undefined || action === '' ? {} : { action }) }];
          }),
        };
      }),
    alerts: (ChannelId, StateFilter) =>
      asking(ChannelId, async () => {
        const alerts: ListedAlert[] = [];
        for await (const { Alerts = [] } of paginateListAlerts({ client }, { ChannelId, StateFilter })) alerts.push(...Alerts.flatMap(alertOf));
        return alerts;
      }),
    async thumbnail(ChannelId, PipelineId) {
      const command = new DescribeThumbnailsCommand({ ChannelId, PipelineId, ThumbnailType: 'CURRENT_ACTIVE' });
      const { ThumbnailDetails = [] } = await asking(ChannelId, () => client.send(command));
      const stills = ThumbnailDetails.filter((detail) => detail.PipelineId === PipelineId).flatMap(({ Thumbnails = [] }) => Thumbnails);
      return stills.flatMap(({ Body, ContentType = 'image/jpeg', TimeStamp }): Thumbnail[] =>
        Body === undefined || Body === '' || TimeStamp === undefined ? [] : [{ contentType: ContentType, base64: Body, takenAt: TimeStamp.toISOString() }],
      )[0];
    },
  };
};
