import { type AccessControl, operatorIdentity } from '../../gateway/authentication/identities.ts';
import type { Permission, Principal } from '../../gateway/service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import type { RoleSessions, ServiceSessions } from '../../runtime/ports.ts';
import { evaluatePolicy, isTrusted } from './policy/evaluate-policy.ts';
import { parsePolicy } from './policy/policy-document.ts';
import type { RoleRegistry } from './role-registry.ts';
import type { Sessions } from './sessions.ts';

/** The ARN by which AWS names a principal in messages and answers. */
export const principalArn = (principal: Principal, accountId: string): string => {
  if (principal.kind === 'operator') return `arn:aws:iam::${accountId}:user/${operatorIdentity.accessKeyId}`;
  if (principal.kind === 'service') return principal.service;
  const [, , , , account = accountId, ...name] = principal.roleArn.split(':');
  return `arn:aws:sts::${account}:assumed-role/${name.join(':').split('/').at(-1) ?? ''}/${principal.sessionName}`;
};

const denial = (principal: Principal, { action }: Permission, resource: string, isExplicit: boolean, accountId: string): string => {
  const user = `User: ${principalArn(principal, accountId)} is not authorized to perform: ${action} on resource: ${resource}`;
  return isExplicit ? `${user} with an explicit deny in an identity-based policy` : `${user} because no identity-based policy allows the ${action} action`;
};

/** Who may do what, by the roles' policies. The operator may do everything. */
export const roleAccess = (roles: RoleRegistry, sessions: Sessions, accountId: string): AccessControl => ({
  identity: (accessKeyId) => (accessKeyId === operatorIdentity.accessKeyId ? operatorIdentity : sessions.identity(accessKeyId)),
  denial: (principal, permission) => {
    if (principal.kind === 'operator') return undefined;
    if (principal.kind === 'service') return denial(principal, permission, permission.resources.join(', '), false, accountId);
    const statements = roles.statements(principal.roleArn);
    for (const resource of permission.resources) {
      const decision = evaluatePolicy(statements, permission.action, resource);
      if (decision !== 'allowed') return denial(principal, permission, resource, decision === 'explicitly denied', accountId);
    }
    return undefined;
  },
});

/** Lets services of this machine call as themselves, for one of their resources: what they may do is said by what they call. */
export const serviceSessions =
  (sessions: Sessions, client: { readonly region: string; endpoint(): string }): ServiceSessions =>
  (service, sourceArn) => {
    const { accessKeyId, secretAccessKey, sessionToken } = sessions.asService(service, sourceArn);
    return { region: client.region, endpoint: client.endpoint(), credentials: { accessKeyId, secretAccessKey, sessionToken } };
  };

/** Lets the services of this machine assume the roles that trust them. */
export const roleSessions = (roles: RoleRegistry, sessions: Sessions, client: { readonly region: string; endpoint(): string }): RoleSessions => ({
  assume: (roleArn, servicePrincipal, sessionName) => {
    const role = roles.findByArn(roleArn);
    if (!role || !isTrusted(parsePolicy(role.trustPolicy), { service: servicePrincipal })) {
      const why = role ? `its trust policy does not allow ${servicePrincipal} sts:AssumeRole` : 'there is no such role';
      throw new ServiceFault('AccessDenied', `${servicePrincipal} cannot assume the role ${roleArn}: ${why}`, 403);
    }
    const { accessKeyId, secretAccessKey, sessionToken } = sessions.ofService(roleArn, servicePrincipal, sessionName);
    return { region: client.region, endpoint: client.endpoint(), credentials: { accessKeyId, secretAccessKey, sessionToken } };
  },
});
