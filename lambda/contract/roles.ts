import { privileges, type Privilege } from './routes.ts';

/** What a member of an account can be. */
export const roles = ['OWNER', 'PRODUCER', 'FINANCE', 'VIEWER'] as const;

export type RoleName = (typeof roles)[number];

/** The role of the platform's operator, who belongs to no account. */
export const operatorRole = 'OPERATOR';

/** What no account's member may do or see. */
const operatorsOwn: readonly Privilege[] = ['accounts:add', 'platform:view', 'terms:update', 'usage:correct'];

/** What each role may do. Only the operator makes accounts; only who runs shows sees stream names. */
export const rolePrivileges: Readonly<Record<RoleName | typeof operatorRole, readonly Privilege[]>> = {
  OWNER: privileges.filter((privilege) => !operatorsOwn.includes(privilege)),
  PRODUCER: [
    'events:add', 'events:view', 'events:update',
    'breakouts:add', 'breakouts:view', 'breakouts:update',
    'pipelines:view',
    'streaming:view', 'streaming:start', 'streaming:stop', 'streaming:update',
    'ingest:view',
    'playback:add', 'playback:delete',
    'recordings:update', 'recordings:delete',
    'usage:view',
  ],
  FINANCE: ['accounts:view', 'events:view', 'breakouts:view', 'pipelines:view', 'usage:view', 'usage:close'],
  VIEWER: ['events:view', 'breakouts:view', 'playback:add'],
  // On call, the operator may stop any show; starting and feeding one is its account's business.
  OPERATOR: ['accounts:add', 'accounts:view', 'accounts:update', 'events:view', 'breakouts:view', 'pipelines:view', 'streaming:view', 'streaming:stop', 'usage:view', 'usage:close', 'usage:correct', 'platform:view', 'terms:update'],
};
