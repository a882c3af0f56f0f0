import type { CamPipelineRegistration, ProPipelineRegistration } from '../../contract/pipeline-registration.ts';
import type { CamPipeline } from '../../domain/pipelines/cam-pipeline.ts';
import type { ProPipeline } from '../../domain/pipelines/pipeline.ts';

const channelOf = (channel: ProPipelineRegistration['channel']): ProPipeline['channel'] => ({
  channelId: channel.id,
  channelArn: channel.arn,
  channelClass: channel.class,
  inputs: channel.inputs.map((input) => ({ inputId: input.id, name: input.name, type: input.type })),
  ...(channel.failover === undefined ? {} : { failover: channel.failover }),
  ...(channel.inputSecurityGroup === undefined
    ? {}
    : { inputSecurityGroup: { groupId: channel.inputSecurityGroup.id, allowedSources: channel.inputSecurityGroup.allowedSources } }),
  inputClass: channel.inputClass,
  outputs: channel.outputs,
});

/** The Pro pipeline that a stack has registered. */
export const proPipelineOf = ({ pipelineId, name, kind, region, accountId, channel, packaging, delivery, archive }: ProPipelineRegistration): ProPipeline => ({
  pipelineId,
  name,
  kind,
  region,
  ...(accountId === undefined ? {} : { accountId }),
  channel: channelOf(channel),
  packaging: {
    channelId: packaging.channelId,
    endpoints: packaging.endpoints.map(({ originUrl, ...endpoint }) => ({
      ...endpoint,
      ...(originUrl === undefined ? {} : { path: new URL(originUrl).pathname }),
    })),
  },
  delivery,
  archive,
});

/** The Cam pipeline that a stack has registered. */
export const camPipelineOf = ({ pipelineId, name, kind, region, accountId, channel: { arn, preset, ...channel }, recording }: CamPipelineRegistration): CamPipeline => ({
  pipelineId,
  name,
  kind,
  region,
  ...(accountId === undefined ? {} : { accountId }),
  channel: { channelArn: arn, ...channel, ...(preset === undefined ? {} : { preset }) },
  recording,
});
