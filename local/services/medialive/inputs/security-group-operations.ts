import type * as sdk from '@aws-sdk/client-medialive';
import { isIPv4 } from 'node:net';
import type { Operations } from '../../../gateway/define-service.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { ControlPlane } from '../control-plane.ts';
import { badRequest, notFound } from '../faults.ts';
import type { SecurityGroupRecord } from '../records.ts';

type Whitelist = readonly { readonly Cidr?: string | undefined }[] | undefined;

/** Operations on input security groups, whose ranges are enforced when an encoder connects. */
export const securityGroupOperations = ({ records, newId, quotas }: ControlPlane): Operations<typeof sdk> => {
  const existing = (id: string): SecurityGroupRecord => {
    const group = records.securityGroups.get(id);
    if (group === undefined) throw notFound('input security group', id);
    return group;
  };
  const inputsOf = (id: string): string[] => [...records.inputs.values()].filter(({ securityGroupIds }) => securityGroupIds.includes(id)).map((input) => input.id);
  const permission = (action: string) => (input: { readonly InputSecurityGroupId: string }, owner: ResourceOwner) =>
    [{ action: `medialive:${action}`, resources: [arnOf(owner, 'inputSecurityGroup', input.InputSecurityGroupId)] }];
  const shown = ({ id, cidrs, tags }: SecurityGroupRecord, owner: ResourceOwner) => {
    const inputs = inputsOf(id);
    return {
      Id: id, Arn: arnOf(owner, 'inputSecurityGroup', id), Inputs: inputs, Tags: { ...tags },
      State: inputs.length > 0 ? 'IN_USE' as const : 'IDLE' as const, WhitelistRules: cidrs.map((Cidr) => ({ Cidr })),
    };
  };

  return {
    CreateInputSecurityGroup: {
      permissions: (_, owner) => [{ action: 'medialive:CreateInputSecurityGroup', resources: [arnOf(owner, 'inputSecurityGroup')] }],
      handle: ({ WhitelistRules, Tags }, owner) => {
        quotas.admit('input security groups', [...records.securityGroups.values()].length);
        const group = { id: newId(), cidrs: cidrsOf(WhitelistRules), tags: Tags ?? {} };
        records.securityGroups.put(group.id, group);
        return { SecurityGroup: shown(group, owner) };
      },
    },
    UpdateInputSecurityGroup: {
      permissions: permission('UpdateInputSecurityGroup'),
      handle: ({ InputSecurityGroupId, WhitelistRules }, owner) => {
        const before = existing(InputSecurityGroupId);
        const group = { ...before, ...(WhitelistRules === undefined ? {} : { cidrs: cidrsOf(WhitelistRules) }) };
        records.securityGroups.put(group.id, group);
        return { SecurityGroup: shown(group, owner) };
      },
    },
    DescribeInputSecurityGroup: { permissions: permission('DescribeInputSecurityGroup'), handle: ({ InputSecurityGroupId }, owner) => shown(existing(InputSecurityGroupId), owner) },
    ListInputSecurityGroups: {
      permissions: (_, owner) => [{ action: 'medialive:ListInputSecurityGroups', resources: [arnOf(owner, 'inputSecurityGroup')] }],
      handle: (_, owner) => ({ InputSecurityGroups: [...records.securityGroups.values()].map((group) => shown(group, owner)) }),
    },
    DeleteInputSecurityGroup: {
      permissions: permission('DeleteInputSecurityGroup'),
      handle: ({ InputSecurityGroupId }) => {
        existing(InputSecurityGroupId);
        const inputs = inputsOf(InputSecurityGroupId);
        if (inputs.length > 0) throw badRequest(`input security group ${InputSecurityGroupId} is used by inputs ${inputs.join(', ')}: delete them first`);
        records.securityGroups.delete(InputSecurityGroupId);
        return {};
      },
    },
  };
};

const cidrsOf = (rules: Whitelist): readonly string[] =>
  (rules ?? []).map(({ Cidr = '' }) => {
    const [network = '', bits] = Cidr.split('/');
    if (isIPv4(network) && bits !== undefined && /^\d{1,2}$/.test(bits) && Number(bits) <= 32) return Cidr;
    throw badRequest(`whitelist rule ${JSON.stringify(Cidr)}: expected an IPv4 range such as 203.0.113.0/24`);
  });
