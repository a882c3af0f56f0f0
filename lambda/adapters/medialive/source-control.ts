import { DescribeInputSecurityGroupCommand, type MediaLiveClient, NotFoundException, UpdateInputSecurityGroupCommand } from '@aws-sdk/client-medialive';
import type { SourceControl } from '../../domain/pipelines/source-control.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { calling } from '../service-faults.ts';

/** The input security groups of MediaLive. IAM: medialive:DescribeInputSecurityGroup and UpdateInputSecurityGroup on groups by tag. */
export const mediaLiveSourceControl = (client: Pick<MediaLiveClient, 'send'>): SourceControl => {
  const ofGroup = async <Output>(groupId: string, call: () => Promise<Output>): Promise<Output> => {
    try {
      return await calling('medialive', call);
    } catch (error) {
      throw error instanceof NotFoundException ? notFound('input-security-group', groupId) : error;
    }
  };
  return {
    async allowed(InputSecurityGroupId) {
      const { WhitelistRules = [] } = await ofGroup(InputSecurityGroupId, () => client.send(new DescribeInputSecurityGroupCommand({ InputSecurityGroupId })));
      return WhitelistRules.flatMap(({ Cidr }) => (Cidr === undefined ? [] : [Cidr]));
    },
    async allow(InputSecurityGroupId, sources) {
      const WhitelistRules = sources.map((Cidr) => ({ Cidr }));
      await ofGroup(InputSecurityGroupId, () => client.send(new UpdateInputSecurityGroupCommand({ InputSecurityGroupId, WhitelistRules })));
    },
  };
};
