import { type Input, type MediaLiveClient, paginateListChannels, paginateListInputs, paginateListInputSecurityGroups } from '@aws-sdk/client-medialive';
import { tagKeys } from '../../lib/constructs/tags.ts';
import type { Counts } from './media-live-quotas.ts';

/** What there is in a Region: in all, and of it what each pipeline of the stage has already. */
export interface Existing {
  readonly total: Counts;
  readonly ofPipeline: (pipelineId: string) => Counts;
}

type Tags = Readonly<Record<string, string>> | undefined;

interface Found {
  readonly thing: keyof Counts;
  readonly tags: Tags;
}

const isInVpc = ({ Destinations = [] }: Input): boolean => Destinations.some(({ Vpc }) => Vpc !== undefined);

const foundInput = (input: Input): readonly Found[] => {
  if (isInVpc(input)) return [{ thing: 'vpcInputs', tags: input.Tags }];
  return input.Type?.endsWith('_PUSH') ? [{ thing: 'pushInputs', tags: input.Tags }] : [];
};

const allFound = async (client: MediaLiveClient): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for await (const { Channels = [] } of paginateListChannels({ client }, {})) {
    found.push(...Channels.map(({ Tags: tags }): Found => ({ thing: 'channels', tags })));
    found.push(...Channels.filter(({ InputSpecification }) => InputSpecification?.Resolution === 'UHD').map(({ Tags: tags }): Found => ({ thing: 'uhdChannels', tags })));
  }
  for await (const { Inputs = [] } of paginateListInputs({ client }, {})) found.push(...Inputs.flatMap(foundInput));
  for await (const { InputSecurityGroups = [] } of paginateListInputSecurityGroups({ client }, {})) {
    found.push(...InputSecurityGroups.map(({ Tags: tags }): Found => ({ thing: 'securityGroups', tags })));
  }
  return found;
};

const counted = (found: readonly Found[]): Counts => {
  const count = (thing: keyof Counts): number => found.filter((one) => one.thing === thing).length;
  return { channels: count('channels'), uhdChannels: count('uhdChannels'), pushInputs: count('pushInputs'), vpcInputs: count('vpcInputs'), securityGroups: count('securityGroups') };
};

/** Counts what MediaLive has in the client's Region: `medialive:ListChannels`, `ListInputs`, `ListInputSecurityGroups`. */
export const readExisting = async (client: MediaLiveClient, stage: string): Promise<Existing> => {
  const found = await allFound(client);
  const isOf = (tags: Tags, pipelineId: string): boolean => tags?.[tagKeys.stage] === stage && tags[tagKeys.pipeline] === pipelineId;
  return { total: counted(found), ofPipeline: (pipelineId) => counted(found.filter(({ tags }) => isOf(tags, pipelineId))) };
};
