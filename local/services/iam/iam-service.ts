import * as iam from '@aws-sdk/client-iam';
import type { AccessControl } from '../../gateway/authentication/identities.ts';
import { defineService } from '../../gateway/define-service.ts';
import type { LocalService } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { RoleSessions, ServiceSessions } from '../../runtime/ports.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { createStsService } from '../sts/sts-service.ts';
import { roleAccess, roleSessions, serviceSessions } from './role-access.ts';
import { roleOperations } from './role-operations.ts';
import { attachedPolicyOperations, inlinePolicyOperations } from './role-policy-operations.ts';
import { openRoles } from './role-registry.ts';
import { openSessions } from './sessions.ts';

/** What IAM is made of. */
export interface IamDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
  /** The gateway's URL; asked for when a session is used, as the gateway listens after IAM is made. */
  endpoint(): string;
}

/** IAM and STS, which share roles and sessions, and what the gateway and the other services take from them. */
export interface IdentityServices {
  readonly services: readonly LocalService[];
  readonly access: AccessControl;
  readonly roles: RoleSessions;
  readonly serviceSessions: ServiceSessions;
}

/** Makes IAM and STS over one state. */
export const createIdentityServices = (dependencies: IamDependencies): IdentityServices => {
  const { state, clock, accountId, region } = dependencies;
  const roles = openRoles(state);
  const sessions = openSessions(state, clock);
  const service = defineService('iam', iam, { ...roleOperations(roles, clock), ...inlinePolicyOperations(roles), ...attachedPolicyOperations(roles) });
  return {
    services: [service, createStsService(roles, sessions)],
    access: roleAccess(roles, sessions, accountId),
    roles: roleSessions(roles, sessions, { region, endpoint: () => dependencies.endpoint() }),
    serviceSessions: serviceSessions(sessions, { region, endpoint: () => dependencies.endpoint() }),
  };
};
