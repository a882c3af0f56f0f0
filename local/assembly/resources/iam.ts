import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { enforced, generatedName, inert, required, tagsAreInert, type ResourceProvider } from '../resource-provider.ts';

const inlinePolicy = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });

const roleProperties = z.object({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(inlinePolicy).default([]),
});

const policyProperties = inlinePolicy.extend({ Roles: z.array(z.string()).default([]) });

/** AWS::IAM::Role and AWS::IAM::Policy. */
export const iamProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new IAMClient({ ...settings });
  const putPolicy = (RoleName: string, { PolicyName, PolicyDocument }: z.infer<typeof inlinePolicy>): Promise<unknown> =>
    client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }));
  const putOnRoles = async (properties: unknown): Promise<string> => {
    const { Roles, ...policy } = policyProperties.parse(properties);
    for (const role of Roles) await putPolicy(role, policy);
    return policy.PolicyName;
  };
  return [
    {
      type: 'AWS::IAM::Role',
      properties: {
        ...enforced('RoleName', 'AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies'),
        ...inert('prose', 'Description'),
        ...inert('sessions end with the platform', 'MaxSessionDuration'),
        ...tagsAreInert,
      },
      create: async (properties, context) => {
        const role = roleProperties.parse(properties);
        const RoleName = role.RoleName ?? generatedName(context, 64);
        const created = await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(role.AssumeRolePolicyDocument) }));
        for (const PolicyArn of role.ManagedPolicyArns) await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
        for (const policy of role.Policies) await putPolicy(RoleName, policy);
        const { Arn, RoleId } = required(created.Role, 'the role');
        return { physicalId: RoleName, attributes: { Arn: required(Arn, 'the ARN'), RoleId: required(RoleId, 'the id') } };
      },
    },
    {
      type: 'AWS::IAM::Policy',
      properties: enforced('PolicyName', 'PolicyDocument', 'Roles'),
      create: async (properties) => ({ physicalId: await putOnRoles(properties), attributes: {} }),
      update: async (_resource, properties) => ({ physicalId: await putOnRoles(properties), attributes: {} }),
    },
  ];
};
