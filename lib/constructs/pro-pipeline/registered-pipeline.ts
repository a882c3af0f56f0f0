import type { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { ProPipelineRegistration } from '../../../lambda/contract/pipeline-registration.ts';
import type { AutomaticFailover } from '../../config/failover.ts';
import type { InputSpecification } from '../../config/input-specification.ts';
import type { Ladder } from '../../config/ladders.ts';
import type { PipelineConfiguration } from '../../config/pipeline-configuration.ts';
import { encodedOutputs } from './encoder-settings.ts';
import type { Ingest } from './ingest.ts';
import type { Packaging } from './packaging.ts';

/** What a registration tells of a channel. */
export interface RegisteredChannel {
  readonly channel: CfnChannel;
  readonly pipeline: PipelineConfiguration;
  readonly ingest: Ingest;
  readonly ladder: Ladder;
  readonly failover: AutomaticFailover | undefined;
  readonly inputSpecification: InputSpecification;
}

/** One entry an output, at whatever class: MediaLive bills the second encoder of a STANDARD channel by the rate, not by the number. */
const outputsOf = (ladder: Ladder): ProPipelineRegistration['channel']['outputs'] =>
  encodedOutputs(ladder).map(({ outputName, rung }) => ({
    name: outputName,
    codec: 'AVC' as const,
    widthPixels: rung.widthPixels,
    heightPixels: rung.heightPixels,
    bitsPerSecond: rung.videoBitsPerSecond,
    framesPerSecond: ladder.framesPerSecond,
  }));

const failoverOf = (failover: AutomaticFailover): NonNullable<ProPipelineRegistration['channel']['failover']> => ({
  preference: failover.preference,
  errorClearMilliseconds: failover.errorClearSeconds * 1000,
  inputLossMilliseconds: failover.conditions.inputLoss.thresholdMilliseconds,
});

/** What the platform knows of a pipeline's channel. */
export const registeredChannel = ({ channel, pipeline, ingest, ladder, failover, inputSpecification }: RegisteredChannel): ProPipelineRegistration['channel'] => {
  const { channelClass, inputs } = pipeline;
  const { network, type } = inputs;
  return {
    id: channel.ref,
    arn: channel.attrArn,
    class: channelClass,
    inputs: ingest.inputs.map(({ name, input }) => ({ id: input.ref, name, type })),
    ...(failover && { failover: failoverOf(failover) }),
    ...(ingest.securityGroup && network.type === 'PUBLIC' && { inputSecurityGroup: { id: ingest.securityGroup.ref, allowedSources: network.allowedSources } }),
    inputClass: { ...inputSpecification },
    outputs: outputsOf(ladder),
  };
};

/** What the platform knows of a pipeline's packager. */
export const registeredPackaging = ({ channel, formats }: Packaging): ProPipelineRegistration['packaging'] => ({
  channelId: channel.ref,
  endpoints: formats.map(({ format: { name, segmentSeconds, windowSeconds, startOverSeconds }, endpoint, isEncrypted }) => ({
    format: name,
    endpointId: endpoint.ref,
    ...(name !== 'CMAF' && { originUrl: endpoint.attrUrl }),
    segmentSeconds,
    windowSeconds,
    startOverSeconds,
    isEncrypted,
  })),
});
