import { type AccessControl, operatorIdentity } from '../../../local/gateway/authentication/identities.ts';
import { createGateway, type GatewayDependencies } from '../../../local/gateway/gateway.ts';
import { systemClock } from '../../../local/runtime/clock.ts';
import type { ClientSettings } from '../../../local/runtime/ports.ts';

/** Lets the operator in, and nobody else. */
export const operatorOnly: AccessControl = {
  identity: (accessKeyId) => (accessKeyId === operatorIdentity.accessKeyId ? operatorIdentity : undefined),
  denial: (principal) => (principal.kind === 'operator' ? undefined : 'only the operator may'),
};

export interface LocalGateway {
  readonly settings: ClientSettings;
  /** What services failed with, in order. */
  readonly failures: unknown[];
  close(): Promise<void>;
}

/** A gateway on a free port with settings for the operator's SDK clients. */
export const startGateway = async (dependencies: Pick<GatewayDependencies, 'services'> & Partial<GatewayDependencies>): Promise<LocalGateway> => {
  const failures: unknown[] = [];
  const gateway = createGateway({
    access: operatorOnly,
    clock: systemClock,
    logger: { error: (_message, details) => failures.push(details.error) },
    accountId: '123456789012',
    region: 'us-east-1',
    ...dependencies,
  });
  const { url } = await gateway.listen();
  return { settings: { region: 'us-east-1', endpoint: url, credentials: { accessKeyId: 'local-operator', secretAccessKey: 'local-operator' } }, failures, close: () => gateway.close() };
};
