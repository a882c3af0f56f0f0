import { NoSuchEntityException } from '@aws-sdk/client-iam';
import type * as iam from '@aws-sdk/client-iam';
import type { Operations } from '../../gateway/define-service.ts';
import { checkIdentityPolicy } from './check-policy.ts';
import { pageOf } from './iam-page.ts';
import { managedPolicies, managedPolicyName } from './managed-policies.ts';
import { onRole } from './role-operations.ts';
import type { RoleRegistry } from './role-registry.ts';

const noPolicy = (roleName: string, policyName: string): NoSuchEntityException =>
  new NoSuchEntityException({ message: `The role policy with name ${policyName} cannot be found on role ${roleName}.`, $metadata: {} });

/** Inline policies of roles. */
export const inlinePolicyOperations = (roles: RoleRegistry): Operations<typeof iam> => ({
  PutRolePolicy: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'PutRolePolicy', RoleName),
    handle: ({ RoleName, PolicyName, PolicyDocument }) => {
      const role = roles.role(RoleName);
      checkIdentityPolicy(PolicyDocument);
      roles.put({ ...role, inlinePolicies: { ...role.inlinePolicies, [PolicyName]: PolicyDocument } });
      return {};
    },
  },
  GetRolePolicy: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'GetRolePolicy', RoleName),
    handle: ({ RoleName, PolicyName }) => {
      const document = roles.role(RoleName).inlinePolicies[PolicyName];
      if (document === undefined) throw noPolicy(RoleName, PolicyName);
      return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(document) };
    },
  },
  ListRolePolicies: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'ListRolePolicies', RoleName),
    handle: ({ RoleName, Marker, MaxItems }) => {
      const { items, ...page } = pageOf(Object.keys(roles.role(RoleName).inlinePolicies), (name) => name, Marker, MaxItems);
      return { PolicyNames: [...items], ...page };
    },
  },
  DeleteRolePolicy: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'DeleteRolePolicy', RoleName),
    handle: ({ RoleName, PolicyName }) => {
      const role = roles.role(RoleName);
      if (!(PolicyName in role.inlinePolicies)) throw noPolicy(RoleName, PolicyName);
      roles.put({ ...role, inlinePolicies: Object.fromEntries(Object.entries(role.inlinePolicies).filter(([name]) => name !== PolicyName)) });
      return {};
    },
  },
});

/** AWS managed policies attached to roles. */
export const attachedPolicyOperations = (roles: RoleRegistry): Operations<typeof iam> => ({
  AttachRolePolicy: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'AttachRolePolicy', RoleName),
    handle: ({ RoleName, PolicyArn }) => {
      const role = roles.role(RoleName);
      if (!managedPolicies.has(PolicyArn)) {
        const message = `Policy ${PolicyArn} does not exist or is not attachable: this machine knows ${[...managedPolicies.keys()].join(', ')}`;
        throw new NoSuchEntityException({ message, $metadata: {} });
      }
      roles.put({ ...role, managedPolicyArns: [...new Set([...role.managedPolicyArns, PolicyArn])] });
      return {};
    },
  },
  ListAttachedRolePolicies: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'ListAttachedRolePolicies', RoleName),
    handle: ({ RoleName, Marker, MaxItems }) => {
      const { items, ...page } = pageOf(roles.role(RoleName).managedPolicyArns, managedPolicyName, Marker, MaxItems);
      return { AttachedPolicies: items.map((PolicyArn) => ({ PolicyArn, PolicyName: managedPolicyName(PolicyArn) })), ...page };
    },
  },
  DetachRolePolicy: {
    permissions: ({ RoleName }, { accountId }) => onRole(accountId, 'DetachRolePolicy', RoleName),
    handle: ({ RoleName, PolicyArn }) => {
      const role = roles.role(RoleName);
      if (!role.managedPolicyArns.includes(PolicyArn)) throw new NoSuchEntityException({ message: `Policy ${PolicyArn} was not found.`, $metadata: {} });
      roles.put({ ...role, managedPolicyArns: role.managedPolicyArns.filter((arn) => arn !== PolicyArn) });
      return {};
    },
  },
});
