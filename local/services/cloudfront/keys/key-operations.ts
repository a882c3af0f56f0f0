import { InvalidArgument, KeyGroupAlreadyExists, type KeyGroupConfig, NoSuchPublicKey, NoSuchResource, type PublicKeyConfig, PublicKeyAlreadyExists, PublicKeyInUse, ResourceInUse } from '@aws-sdk/client-cloudfront';
import { type CloudFrontOperations, cloudFrontOperation } from '../cloudfront-operation.ts';
import type { PolicyRecord } from '../cloudfront-state.ts';
import { type CloudFrontWorld, cloudFrontArn } from '../cloudfront-world.ts';
import { behavioursOf } from '../distributions/distribution-behaviours.ts';
import { policyRecords } from '../policies/policy-records.ts';
import { assertKeyGroup, assertPublicKey } from './key-rules.ts';

const fault = (message: string) => ({ message, $metadata: {} });

const resourcesOf =
  (world: CloudFrontWorld, kind: string) =>
  ({ Id }: { readonly Id?: string | undefined }): readonly string[] => [cloudFrontArn(world.accountId, `${kind}/${Id ?? '*'}`)];

const given = <Config>(config: Config | undefined, noun: string): Config => {
  if (config === undefined) throw new InvalidArgument(fault(`The ${noun}'s configuration is missing.`));
  return config;
};

const publicKeyOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const resources = resourcesOf(world, 'public-key');
  const records = policyRecords(world, world.state.publicKeys, {
    noun: 'public key',
    newId: () => `K${world.newId(13)}`,
    noSuch: (message) => new NoSuchPublicKey(fault(message)),
    exists: (message) => new PublicKeyAlreadyExists(fault(message)),
    inUse: (message) => new PublicKeyInUse(fault(message)),
    isUsed: (id) => [...world.state.keyGroups.values()].some(({ config }) => config.Items?.includes(id)),
  });
  const shown = ({ id, modifiedAt, config }: PolicyRecord<PublicKeyConfig>) => ({ Id: id, CreatedTime: new Date(modifiedAt), PublicKeyConfig: config });
  return {
    CreatePublicKey: cloudFrontOperation('CreatePublicKey', () => resources({}), ({ PublicKeyConfig }) => {
      assertPublicKey(given(PublicKeyConfig, 'public key'));
      const record = records.create(PublicKeyConfig);
      return { PublicKey: shown(record), ETag: record.etag };
    }),
    GetPublicKey: cloudFrontOperation('GetPublicKey', resources, ({ Id }) => {
      const record = records.require(Id);
      return { PublicKey: shown(record), ETag: record.etag };
    }),
    DeletePublicKey: cloudFrontOperation('DeletePublicKey', resources, ({ Id, IfMatch }) => records.remove(Id, IfMatch)),
  };
};

const keyGroupOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const resources = resourcesOf(world, 'key-group');
  const records = policyRecords(world, world.state.keyGroups, {
    noun: 'key group',
    noSuch: (message) => new NoSuchResource(fault(message)),
    exists: (message) => new KeyGroupAlreadyExists(fault(message)),
    inUse: (message) => new ResourceInUse(fault(message)),
    isUsed: (id) => [...world.state.distributions.values()].some(({ config }) => behavioursOf(config).some(([, { TrustedKeyGroups }]) => TrustedKeyGroups?.Items?.includes(id))),
  });
  const shown = ({ id, modifiedAt, config }: PolicyRecord<KeyGroupConfig>) => ({ Id: id, LastModifiedTime: new Date(modifiedAt), KeyGroupConfig: config });
  return {
    CreateKeyGroup: cloudFrontOperation('CreateKeyGroup', () => resources({}), ({ KeyGroupConfig }) => {
      assertKeyGroup(world.state, given(KeyGroupConfig, 'key group'));
      const record = records.create(KeyGroupConfig);
      return { KeyGroup: shown(record), ETag: record.etag };
    }),
    GetKeyGroup: cloudFrontOperation('GetKeyGroup', resources, ({ Id }) => {
      const record = records.require(Id);
      return { KeyGroup: shown(record), ETag: record.etag };
    }),
    UpdateKeyGroup: cloudFrontOperation('UpdateKeyGroup', resources, ({ Id, IfMatch, KeyGroupConfig }) => {
      assertKeyGroup(world.state, given(KeyGroupConfig, 'key group'));
      const record = records.update(Id, IfMatch, KeyGroupConfig);
      return { KeyGroup: shown(record), ETag: record.etag };
    }),
    DeleteKeyGroup: cloudFrontOperation('DeleteKeyGroup', resources, ({ Id, IfMatch }) => records.remove(Id, IfMatch)),
  };
};

/** Operations on the keys that verify viewers' signatures, and on their groups. */
export const keyOperations = (world: CloudFrontWorld): CloudFrontOperations => ({ ...publicKeyOperations(world), ...keyGroupOperations(world) });
