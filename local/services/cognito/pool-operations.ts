import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type * as cognito from '@aws-sdk/client-cognito-identity-provider';
import type { Operations } from '../../gateway/define-service.ts';
import type { KeptPool } from './cognito-state.ts';
import { invalidParameter, onPool, poolArn, randomName, requirePool, type CognitoWorld } from './cognito-world.ts';
import { newSigningKey } from './signing-key.ts';

const describe = ({ id, arn, name, createdAt, domain, input }: KeptPool): UserPoolType => ({
  Id: id,
  Arn: arn,
  Name: name,
  CreationDate: new Date(createdAt),
  LastModifiedDate: new Date(createdAt),
  ...(domain === undefined ? {} : { Domain: domain }),
  Policies: input.Policies,
  DeletionProtection: input.DeletionProtection,
  MfaConfiguration: input.MfaConfiguration,
  AutoVerifiedAttributes: input.AutoVerifiedAttributes,
  UsernameAttributes: input.UsernameAttributes,
  UsernameConfiguration: input.UsernameConfiguration,
  AdminCreateUserConfig: input.AdminCreateUserConfig,
  AccountRecoverySetting: input.AccountRecoverySetting,
  UserPoolTags: input.UserPoolTags,
  UserPoolTier: input.UserPoolTier,
});

const pageOf = (pools: readonly KeptPool[], token: string | undefined, length: number): { UserPools: object[]; NextToken?: string } => {
  if (length < 1 || length > 60) throw invalidParameter(`MaxResults is ${length}, expected 1 to 60`);
  const start = token === undefined ? 0 : pools.findIndex(({ id }) => id === token);
  if (start < 0) throw invalidParameter(`NextToken ${token ?? ''} is not one of ours`);
  const next = pools[start + length];
  return { UserPools: pools.slice(start, start + length).map(describe), ...(next ? { NextToken: next.id } : {}) };
};

/** CreateUserPool, DescribeUserPool, ListUserPools and the pool's domain. */
export const poolOperations = (world: CognitoWorld): Operations<typeof cognito> => ({
  CreateUserPool: {
    permissions: () => [{ action: 'cognito-idp:CreateUserPool', resources: ['*'] }],
    handle: async ({ PoolName, ...input }) => {
      const id = `${world.region}_${randomName(9)}`;
      const pool = { id, arn: poolArn(world, id), name: PoolName, createdAt: world.clock.now(), input, signingKey: await newSigningKey() };
      world.state.pools.put(id, pool);
      return { UserPool: describe(pool) };
    },
  },
  DescribeUserPool: { permissions: onPool(world, 'DescribeUserPool'), handle: ({ UserPoolId }) => ({ UserPool: describe(requirePool(world, UserPoolId)) }) },
  ListUserPools: {
    permissions: () => [{ action: 'cognito-idp:ListUserPools', resources: ['*'] }],
    handle: ({ NextToken, MaxResults }) => pageOf([...world.state.pools.values()], NextToken, MaxResults),
  },
  CreateUserPoolDomain: {
    permissions: onPool(world, 'CreateUserPoolDomain'),
    handle: ({ UserPoolId, Domain }) => {
      const pool = requirePool(world, UserPoolId);
      if ([...world.state.pools.values()].some(({ domain }) => domain === Domain)) throw invalidParameter(`Domain ${Domain} is already associated with a user pool.`);
      world.state.pools.put(UserPoolId, { ...pool, domain: Domain });
      return {};
    },
  },
  DescribeUserPoolDomain: {
    permissions: () => [{ action: 'cognito-idp:DescribeUserPoolDomain', resources: ['*'] }],
    handle: ({ Domain }) => {
      const pool = [...world.state.pools.values()].find(({ domain }) => domain === Domain);
      return { DomainDescription: pool ? { Domain, UserPoolId: pool.id, Status: 'ACTIVE', AWSAccountId: world.accountId } : {} };
    },
  },
});
