import { randomUUID } from 'node:crypto';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import { defineService, type Operations } from '../../gateway/define-service.ts';
import type { CallContext, Permission, SchemaService } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { randomPassword } from './random-password.ts';
import { openSecretStore, type SecretRecord, type SecretStore, type SecretVersion } from './secret-store.ts';

/** What the service is made from. */
export interface SecretsManagerServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
}

const dayMilliseconds = 24 * 3600 * 1000;
const defaultRecoveryDays = 30;

const newArn = (name: string, { region, accountId }: CallContext): string =>
  `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${randomUUID().replaceAll('-', '').slice(0, 6)}`;

/** What a policy must allow: the secret's ARN where it is known, else what its ARN would begin with. */
const permission = (store: SecretStore, action: string, id: string, { region, accountId }: CallContext): Permission[] => {
  const known = store.list().find(({ name, arn }) => name === id || arn === id || arn.slice(0, -7) === id);
  const arn = known?.arn ?? (id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${accountId}:secret:${id}-??????`);
  return [{ action: `secretsmanager:${action}`, resources: [arn] }];
};

const noSuchVersion = (wanted: string): Error =>
  new secretsManager.ResourceNotFoundException({ message: `Secrets Manager can't find the specified secret value for ${wanted}`, $metadata: {} });

const versionOf = (secret: SecretRecord, versionId: string | undefined, stage = 'AWSCURRENT'): SecretVersion => {
  const version = secret.versions.find((each) => (versionId === undefined ? each.stages.includes(stage) : each.versionId === versionId));
  if (!version) throw noSuchVersion(versionId === undefined ? `staging label: ${stage}` : `VersionId: ${versionId}`);
  return version;
};

/** Whether this call was made before: the same token with the same value. A token never gets another value. */
const isRepeated = ({ versions, name }: SecretRecord, token: string, secretString: string | undefined): boolean => {
  const version = versions.find(({ versionId }) => versionId === token);
  if (version === undefined || version.secretString === secretString) return version !== undefined;
  throw new secretsManager.ResourceExistsException({ message: `A version of ${name} with the token ${token} and another value already exists.`, $metadata: {} });
};

const entryOf = ({ name, arn, description, createdAt, changedAt, deletedAt }: SecretRecord): secretsManager.SecretListEntry => ({
  Name: name,
  ARN: arn,
  CreatedDate: new Date(createdAt),
  LastChangedDate: new Date(changedAt),
  ...(description !== undefined && { Description: description }),
  ...(deletedAt !== undefined && { DeletedDate: new Date(deletedAt) }),
});

const writeOperations = (store: SecretStore, clock: Clock): Operations<typeof secretsManager> => ({
  CreateSecret: {
    permissions: ({ Name }, context) => permission(store, 'CreateSecret', Name, context),
    handle: ({ Name, SecretString, Description, ClientRequestToken = randomUUID() }, context) => {
      const known = store.list().find(({ name }) => name === Name);
      // The token makes the call idempotent: the same token is the same creation.
      const secret = known && isRepeated(known, ClientRequestToken, SecretString)
        ? known
        : store.create(Name, newArn(Name, context), SecretString, ClientRequestToken, Description);
      return { ARN: secret.arn, Name, ...(SecretString !== undefined && { VersionId: ClientRequestToken }) };
    },
  },
  PutSecretValue: {
    permissions: ({ SecretId }, context) => permission(store, 'PutSecretValue', SecretId, context),
    handle: ({ SecretId, SecretString, ClientRequestToken = randomUUID() }) => {
      const secret = store.findLive(SecretId);
      if (SecretString === undefined) throw new secretsManager.InvalidParameterException({ message: 'SecretBinary is not implemented: give SecretString.', $metadata: {} });
      if (!isRepeated(secret, ClientRequestToken, SecretString)) store.addVersion(secret, ClientRequestToken, SecretString);
      return { ARN: secret.arn, Name: secret.name, VersionId: ClientRequestToken, VersionStages: ['AWSCURRENT'] };
    },
  },
  DeleteSecret: {
    permissions: ({ SecretId }, context) => permission(store, 'DeleteSecret', SecretId, context),
    handle: ({ SecretId, RecoveryWindowInDays = defaultRecoveryDays, ForceDeleteWithoutRecovery }) => {
      const secret = store.find(SecretId);
      const deletedAt = clock.now() + (ForceDeleteWithoutRecovery ? 0 : RecoveryWindowInDays * dayMilliseconds);
      if (ForceDeleteWithoutRecovery) store.remove(secret);
      else store.put({ ...secret, deletedAt });
      return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(deletedAt) };
    },
  },
});

const readOperations = (store: SecretStore): Operations<typeof secretsManager> => ({
  GetSecretValue: {
    permissions: ({ SecretId }, context) => permission(store, 'GetSecretValue', SecretId, context),
    handle: ({ SecretId, VersionId, VersionStage }) => {
      const secret = store.findLive(SecretId);
      const { versionId, stages, secretString, createdAt } = versionOf(secret, VersionId, VersionStage);
      return { ARN: secret.arn, Name: secret.name, VersionId: versionId, VersionStages: [...stages], SecretString: secretString, CreatedDate: new Date(createdAt) };
    },
  },
  DescribeSecret: {
    permissions: ({ SecretId }, context) => permission(store, 'DescribeSecret', SecretId, context),
    handle: ({ SecretId }) => {
      const secret = store.find(SecretId);
      return { ...entryOf(secret), VersionIdsToStages: Object.fromEntries(secret.versions.map(({ versionId, stages }) => [versionId, [...stages]])) };
    },
  },
  ListSecrets: {
    permissions: () => [{ action: 'secretsmanager:ListSecrets', resources: ['*'] }],
    handle: () => ({ SecretList: store.list().filter(({ deletedAt }) => deletedAt === undefined).map(entryOf) }),
  },
  GetRandomPassword: {
    permissions: () => [{ action: 'secretsmanager:GetRandomPassword', resources: ['*'] }],
    handle: (request) => ({ RandomPassword: randomPassword(request) }),
  },
});

/** Secrets Manager: string secrets with their versions. */
export const createSecretsManagerService = ({ state, clock }: SecretsManagerServiceDeps): SchemaService => {
  const store = openSecretStore(state, clock);
  return defineService('secretsmanager', secretsManager, { ...writeOperations(store, clock), ...readOperations(store) });
};
