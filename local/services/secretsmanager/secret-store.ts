import { ResourceExistsException, ResourceNotFoundException, InvalidRequestException } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../runtime/clock.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** One version of a secret's value. */
export interface SecretVersion {
  readonly versionId: string;
  readonly stages: readonly string[];
  readonly secretString: string;
  readonly createdAt: number;
}

/** A secret with its versions, newest last. */
export interface SecretRecord {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** When it is gone for good; reading is refused from the deletion on. */
  readonly deletedAt?: number;
  readonly versions: readonly SecretVersion[];
}

/** The secrets of the account. */
export interface SecretStore {
  /** Also secrets that are scheduled for deletion. @throws ResourceNotFoundException */
  find(id: string): SecretRecord;
  /** @throws ResourceNotFoundException, InvalidRequestException when scheduled for deletion */
  findLive(id: string): SecretRecord;
  create(name: string, arn: string, secretString: string | undefined, versionId: string, description: string | undefined): SecretRecord;
  /** Makes a value the current one; the one before becomes AWSPREVIOUS. */
  addVersion(secret: SecretRecord, versionId: string, secretString: string): SecretRecord;
  put(secret: SecretRecord): void;
  remove(secret: SecretRecord): void;
  list(): readonly SecretRecord[];
}

const withCurrent = (versions: readonly SecretVersion[], added: SecretVersion): SecretVersion[] => {
  const demoted = versions.map((version) => {
    const stages = version.stages.filter((stage) => stage !== 'AWSCURRENT' && stage !== 'AWSPREVIOUS');
    return { ...version, stages: version.stages.includes('AWSCURRENT') ? [...stages, 'AWSPREVIOUS'] : stages };
  });
  return [...demoted.filter(({ stages }) => stages.length > 0), added];
};

/** Opens the secrets kept in the state. */
export const openSecretStore = (state: StateStore, clock: Clock): SecretStore => {
  const secrets: Collection<SecretRecord> = state.collection('secretsmanager/secrets');
  const forgetDeleted = (): void => {
    for (const secret of [...secrets.values()]) if (secret.deletedAt !== undefined && secret.deletedAt <= clock.now()) secrets.delete(secret.name);
  };
  // By name, by ARN, or by ARN without its random suffix.
  const lookUp = (id: string): SecretRecord | undefined => {
    forgetDeleted();
    return secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id);
  };
  const store: SecretStore = {
    find: (id) => {
      const secret = lookUp(id);
      if (!secret) throw new ResourceNotFoundException({ message: "Secrets Manager can't find the specified secret.", $metadata: {} });
      return secret;
    },
    findLive: (id) => {
      const secret = store.find(id);
      if (secret.deletedAt === undefined) return secret;
      throw new InvalidRequestException({ message: "You can't perform this operation on the secret because it was marked for deletion.", $metadata: {} });
    },
    create: (name, arn, secretString, versionId, description) => {
      const known = lookUp(name);
      if (known?.deletedAt !== undefined) {
        throw new InvalidRequestException({ message: "You can't create this secret because a secret with this name is already scheduled for deletion.", $metadata: {} });
      }
      if (known) throw new ResourceExistsException({ message: `The operation failed because the secret ${name} already exists.`, $metadata: {} });
      const now = clock.now();
      const versions = secretString === undefined ? [] : [{ versionId, stages: ['AWSCURRENT'], secretString, createdAt: now }];
      const secret = { name, arn, createdAt: now, changedAt: now, versions, ...(description !== undefined && { description }) };
      secrets.put(name, secret);
      return secret;
    },
    addVersion: (secret, versionId, secretString) => {
      const now = clock.now();
      const changed = { ...secret, changedAt: now, versions: withCurrent(secret.versions, { versionId, stages: ['AWSCURRENT'], secretString, createdAt: now }) };
      secrets.put(secret.name, changed);
      return changed;
    },
    put: (secret) => secrets.put(secret.name, secret),
    remove: (secret) => secrets.delete(secret.name),
    list: () => {
      forgetDeleted();
      return [...secrets.values()];
    },
  };
  return store;
};
