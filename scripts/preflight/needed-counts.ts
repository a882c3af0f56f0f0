import { ladderOf } from '../../lib/config/custom-ladder.ts';
import { inputSpecificationOf } from '../../lib/config/input-specification.ts';
import type { PipelineConfiguration } from '../../lib/config/pipeline-configuration.ts';
import type { Counts } from './media-live-quotas.ts';

/** What one pipeline counts for. An input counts once, whatever its class. */
export const neededCounts = ({ inputs, ladder, inputSpecification }: PipelineConfiguration): Counts => {
  const isPublic = inputs.network.type === 'PUBLIC';
  const { resolution } = inputSpecificationOf(ladderOf(ladder), inputSpecification);
  return {
    channels: 1,
    uhdChannels: resolution === 'UHD' ? 1 : 0,
    pushInputs: isPublic ? inputs.count : 0,
    vpcInputs: isPublic ? 0 : inputs.count,
    securityGroups: isPublic ? 1 : 0,
  };
};
