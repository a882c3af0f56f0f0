import { DeleteConflictException, EntityAlreadyExistsException, type Role } from '@aws-sdk/client-iam';
import type * as iam from '@aws-sdk/client-iam';
import { randomBytes } from 'node:crypto';
import type { InputOf, Operations } from '../../gateway/define-service.ts';
import type { Permission } from '../../gateway/service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import type { Clock } from '../../runtime/clock.ts';
import { checkTrustPolicy } from './check-policy.ts';
import { pageOf } from './iam-page.ts';
import type { RoleRecord, RoleRegistry } from './role-registry.ts';

/** The permission for an IAM action on a role. */
export const onRole = (accountId: string, action: string, roleName: string): Permission[] => [
  { action: `iam:${action}`, resources: [`arn:aws:iam::${accountId}:role/${roleName}`] },
];

const roleOf = (role: RoleRecord): Role => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
  Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
});

const newRole = (input: InputOf<typeof iam, 'CreateRole'>, accountId: string, now: number): RoleRecord => {
  const path = input.Path ?? '/';
  if (!/^[\w+=,.@-]{1,64}$/.test(input.RoleName)) {
    throw new ServiceFault('ValidationError', `The specified value for roleName is invalid, got "${input.RoleName}": it takes 1 to 64 of the characters A-Z a-z 0-9 + = , . @ _ -`);
  }
  checkTrustPolicy(input.AssumeRolePolicyDocument);
  return {
    name: input.RoleName,
    path,
    id: `AROA${randomBytes(8).toString('hex').toUpperCase()}`,
    arn: `arn:aws:iam::${accountId}:role${path}${input.RoleName}`,
    description: input.Description,
    createdAt: now,
    maxSessionSeconds: input.MaxSessionDuration ?? 3600,
    trustPolicy: input.AssumeRolePolicyDocument,
    inlinePolicies: {},
    managedPolicyArns: [],
    tags: Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
  };
};

/** Roles: create, read, change, delete. */
export const roleOperations = (roles: RoleRegistry, clock: Clock): Operations<typeof iam> => ({
  CreateRole: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'CreateRole', RoleName),
    handle: (input, { accountId }) => {
      if (roles.find(input.RoleName)) throw new EntityAlreadyExistsException({ message: `Role with name ${input.RoleName} already exists.`, $metadata: {} });
      const role = newRole(input, accountId, clock.now());
      roles.put(role);
      return { Role: roleOf(role) };
    },
  },
  GetRole: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'GetRole', RoleName),
    handle: ({ RoleName }) => ({ Role: roleOf(roles.role(RoleName)) }),
  },
  ListRoles: {
    permissions: (_input, { accountId }) => onRole(accountId, 'ListRoles', ''),
    handle: ({ PathPrefix = '/', Marker, MaxItems }) => {
      const { items, ...page } = pageOf(roles.all().filter(({ path }) => path.startsWith(PathPrefix)), ({ name }) => name, Marker, MaxItems);
      return { Roles: items.map(roleOf), ...page };
    },
  },
  UpdateAssumeRolePolicy: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'UpdateAssumeRolePolicy', RoleName),
    handle: ({ RoleName, PolicyDocument }) => {
      const role = roles.role(RoleName);
      checkTrustPolicy(PolicyDocument);
      roles.put({ ...role, trustPolicy: PolicyDocument });
      return {};
    },
  },
  DeleteRole: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'DeleteRole', RoleName),
    handle: ({ RoleName }) => {
      const { inlinePolicies, managedPolicyArns } = roles.role(RoleName);
      if (Object.keys(inlinePolicies).length > 0) throw new DeleteConflictException({ message: 'Cannot delete entity, must delete policies first.', $metadata: {} });
      if (managedPolicyArns.length > 0) throw new DeleteConflictException({ message: 'Cannot delete entity, must detach all policies first.', $metadata: {} });
      roles.delete(RoleName);
      return {};
    },
  },
});
