import type * as sdk from '@aws-sdk/client-medialive';
import type { Operations } from '../../../gateway/define-service.ts';
import type { ControlPlane } from '../control-plane.ts';
import { badRequest } from '../faults.ts';
import { pageOf } from '../page-of.ts';
import { describeChannel } from './describe-channel.ts';
import { existingChannel, onChannel } from './existing-channel.ts';

const pipelineIds = { PIPELINE_0: '0', PIPELINE_1: '1' } as const;

/** Operations on the pipelines of a running channel: what they show, what is wrong with them, and restarting them. */
export const pipelineOperations = ({ records, engine, lifecycle }: ControlPlane): Operations<typeof sdk> => {
  const existing = existingChannel(records);
  const pipelineCount = (channelId: string): number => (existing(channelId).declaration.ChannelClass === 'SINGLE_PIPELINE' ? 1 : 2);

  return {
    DescribeThumbnails: {
      permissions: onChannel('DescribeThumbnails'),
      handle: ({ ChannelId, PipelineId, ThumbnailType }) => {
        const count = pipelineCount(ChannelId);
        if (PipelineId !== '0' && (PipelineId !== '1' || count === 1)) throw badRequest(`PipelineId ${PipelineId}: channel ${ChannelId} has ${count === 1 ? 'pipeline 0' : 'pipelines 0 and 1'}`);
        if (ThumbnailType !== 'CURRENT_ACTIVE') throw badRequest(`ThumbnailType ${ThumbnailType}: expected CURRENT_ACTIVE`);
        const thumbnail = engine.run(ChannelId)?.thumbnail(PipelineId);
        if (thumbnail === undefined) return { ThumbnailDetails: [] };
        const { jpeg, at } = thumbnail;
        return { ThumbnailDetails: [{ PipelineId, Thumbnails: [{ Body: jpeg.toString('base64'), ContentType: 'image/jpeg', ThumbnailType: 'CURRENT_ACTIVE', TimeStamp: new Date(at) }] }] };
      },
    },
    ListAlerts: {
      permissions: onChannel('ListAlerts'),
      handle: ({ ChannelId, MaxResults, NextToken, StateFilter = 'ALL' }) => {
        existing(ChannelId);
        if (StateFilter !== 'SET' && StateFilter !== 'CLEARED' && StateFilter !== 'ALL') throw badRequest(`StateFilter ${StateFilter}: expected SET, CLEARED or ALL`);
        const { items, nextToken } = pageOf(engine.alerts(ChannelId)?.list(StateFilter) ?? [], MaxResults, NextToken);
        return { Alerts: [...items], ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
      },
    },
    RestartChannelPipelines: {
      permissions: onChannel('RestartChannelPipelines'),
      handle: ({ ChannelId, PipelineIds = ['PIPELINE_0', 'PIPELINE_1'] }, owner) => {
        const count = pipelineCount(ChannelId);
        const channel = lifecycle.restartPipelines(existing(ChannelId), PipelineIds.map((id) => pipelineIds[id]).filter((id) => Number(id) < count));
        return describeChannel(engine, channel, owner);
      },
    },
  };
};
