import { type Caller, platformAccountId } from '../shared/caller.ts';
import type { Memberships } from './account-store.ts';

/** Who a verified token stands for. */
export interface Identity {
  readonly subject: string;
  readonly clientId: string;
}

/** What finding out for whom someone acts needs. */
export interface IdentifyDeps {
  readonly memberships: Memberships;
  /** The machine clients of the platform's operator. */
  readonly operatorClientIds: readonly string[];
  readonly operatorRole: string;
}

/**
 * For whom a verified subject acts: the platform, or the account that it is a member of. Undefined = for nobody. Only
 * a machine is the operator: a person who signs in through an operator's client is not.
 */
export const identifyCaller =
  ({ memberships, operatorClientIds, operatorRole }: IdentifyDeps) =>
  async ({ subject, clientId }: Identity): Promise<Caller | undefined> => {
    if (subject === clientId && operatorClientIds.includes(clientId)) return { subject, accountId: platformAccountId, role: operatorRole };
    const membership = await memberships.find(subject);
    return membership === undefined ? undefined : { subject, accountId: membership.accountId, role: membership.role };
  };
