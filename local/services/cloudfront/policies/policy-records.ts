import { InvalidArgument } from '@aws-sdk/client-cloudfront';
import type { Collection } from '../../../runtime/state/collection.ts';
import type { PolicyRecord } from '../cloudfront-state.ts';
import type { CloudFrontWorld } from '../cloudfront-world.ts';
import { newEntityTag, requireMatch } from '../entity-tag.ts';
import { assertQuantities } from '../quantities.ts';

/** What differs between the kinds of policies: their words and their errors. */
export interface PolicyKind {
  /** `cache policy` */
  readonly noun: string;
  noSuch(message: string): Error;
  exists(message: string): Error;
  inUse(message: string): Error;
  /** An id of its kind. @default a UUID */
  newId?(): string;
  /** Whether something uses it. */
  isUsed(id: string): boolean;
}

interface Named {
  readonly Name?: string | undefined;
}

/** Keeps the account's policies of one kind: names are unique, changes need the current ETag, what is used stays. */
export const policyRecords = <Config extends Named>(world: CloudFrontWorld, collection: Collection<PolicyRecord<Config>>, kind: PolicyKind) => {
  const require = (id: string | undefined): PolicyRecord<Config> => {
    const record = collection.get(id ?? '');
    if (!record) throw kind.noSuch(`The ${kind.noun} does not exist: ${id ?? ''}.`);
    return record;
  };
  const checked = (config: Config | undefined, ownId?: string): Config => {
    if (config?.Name === undefined || config.Name === '') throw new InvalidArgument({ message: `The ${kind.noun} needs a Name.`, $metadata: {} });
    assertQuantities(config, kind.noun);
    const isTaken = [...collection.values()].some((other) => other.config.Name === config.Name && other.id !== ownId);
    if (isTaken) throw kind.exists(`A ${kind.noun} named ${config.Name} exists already.`);
    return config;
  };
  const keep = (id: string, config: Config): PolicyRecord<Config> => {
    const record = { id, etag: newEntityTag(world), modifiedAt: world.clock.now(), config };
    collection.put(id, record);
    return record;
  };
  return {
    require,
    create: (config: Config | undefined): PolicyRecord<Config> => {
      const accepted = checked(config);
      return keep(kind.newId?.() ?? crypto.randomUUID(), accepted);
    },
    update: (id: string | undefined, ifMatch: string | undefined, config: Config | undefined): PolicyRecord<Config> => {
      const record = require(id);
      requireMatch(ifMatch, record.etag, `${kind.noun} ${record.id}`);
      return keep(record.id, checked(config, record.id));
    },
    remove: (id: string | undefined, ifMatch: string | undefined): object => {
      const record = require(id);
      requireMatch(ifMatch, record.etag, `${kind.noun} ${record.id}`);
      if (kind.isUsed(record.id)) throw kind.inUse(`The ${kind.noun} ${record.id} is in use.`);
      collection.delete(record.id);
      return {};
    },
  };
};
