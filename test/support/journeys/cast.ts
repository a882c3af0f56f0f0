import { randomUUID } from 'node:crypto';
import { accountBodySchema } from '../../../lambda/contract/api/accounts.ts';
import type { RoleName } from '../../../lambda/contract/roles.ts';
import { apiClient, bodyOf, type ApiClient } from './api-client.ts';
import type { StageDriver } from './stage-driver.ts';

/** An account with one member of each role, each signed in. */
export interface AccountCast extends Readonly<Record<Lowercase<RoleName>, ApiClient>> {
  readonly accountId: string;
  /** The token behind `producer`, for clients of other making. */
  readonly producerToken: string;
}

/** The operator's client. */
export const operatorOf = async (stage: StageDriver): Promise<ApiClient> => apiClient(stage.apiUrl, await stage.operatorToken());

/** Creates an account, as the operator does for a customer. */
export const anAccount = async (stage: StageDriver, name = 'Harbour Productions'): Promise<AccountCast> => {
  const suffix = randomUUID().slice(0, 8);
  const subjectOf = (role: RoleName): string => `${role.toLowerCase()}-${suffix}`;
  const members = (['OWNER', 'PRODUCER', 'FINANCE', 'VIEWER'] as const).map((role) => ({ subject: subjectOf(role), role }));
  const operator = await operatorOf(stage);
  const { accountId } = bodyOf(await operator.post('/accounts', { name, members }), 201, accountBodySchema);
  const clientOf = async (role: RoleName): Promise<ApiClient> => apiClient(stage.apiUrl, await stage.signIn(subjectOf(role)));
  const producerToken = await stage.signIn(subjectOf('PRODUCER'));
  return {
    accountId,
    producerToken,
    producer: apiClient(stage.apiUrl, producerToken),
    owner: await clientOf('OWNER'),
    finance: await clientOf('FINANCE'),
    viewer: await clientOf('VIEWER'),
  };
};
