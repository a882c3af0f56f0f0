import * as sts from '@aws-sdk/client-sts';
import { operatorIdentity } from '../../gateway/authentication/identities.ts';
import { defineService } from '../../gateway/define-service.ts';
import type { LocalService, Principal } from '../../gateway/service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import { isTrusted } from '../iam/policy/evaluate-policy.ts';
import { parsePolicy } from '../iam/policy/policy-document.ts';
import { principalArn } from '../iam/role-access.ts';
import type { RoleRegistry } from '../iam/role-registry.ts';
import type { Sessions } from '../iam/sessions.ts';

// What a trust policy may call a principal: itself, its session, its account.
const trustNames = (principal: Principal, accountId: string): string[] => [
  principalArn(principal, accountId),
  ...(principal.kind === 'role' ? [principal.roleArn] : []),
  `arn:aws:iam::${accountId}:root`,
  accountId,
];

const userIdOf = (roles: RoleRegistry, principal: Principal): string => {
  if (principal.kind === 'operator') return operatorIdentity.accessKeyId;
  return principal.kind === 'role' ? `${roles.findByArn(principal.roleArn)?.id ?? ''}:${principal.sessionName}` : principal.service;
};

/** STS: sessions of roles. */
export const createStsService = (roles: RoleRegistry, sessions: Sessions): LocalService =>
  defineService('sts', sts, {
    AssumeRole: {
      permissions: ({ RoleArn }) => [{ action: 'sts:AssumeRole', resources: [RoleArn] }],
      handle: ({ RoleArn, RoleSessionName, DurationSeconds = 3600 }, { principal, accountId }) => {
        const role = roles.findByArn(RoleArn);
        if (!role || !isTrusted(parsePolicy(role.trustPolicy), { aws: trustNames(principal, accountId) })) {
          throw new ServiceFault('AccessDenied', `User: ${principalArn(principal, accountId)} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`, 403);
        }
        if (DurationSeconds < 900 || DurationSeconds > role.maxSessionSeconds) {
          throw new ServiceFault('ValidationError', `DurationSeconds must be from 900 to ${role.maxSessionSeconds}, the role's MaxSessionDuration, got ${DurationSeconds}`);
        }
        const { accessKeyId, secretAccessKey, sessionToken, expiresAt = 0 } = sessions.issue(RoleArn, RoleSessionName, DurationSeconds);
        return {
          Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: new Date(expiresAt) },
          AssumedRoleUser: { AssumedRoleId: `${role.id}:${RoleSessionName}`, Arn: principalArn({ kind: 'role', roleArn: RoleArn, sessionName: RoleSessionName }, accountId) },
        };
      },
    },
    GetCallerIdentity: {
      // Anybody may ask who they are: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
      permissions: () => [],
      handle: (_input, { principal, accountId }) => ({
        Account: accountId,
        Arn: principalArn(principal, accountId),
        UserId: userIdOf(roles, principal),
      }),
    },
  });
