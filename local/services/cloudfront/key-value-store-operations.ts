import { CannotDeleteEntityWhileInUse, EntityAlreadyExists, EntityNotFound, InvalidArgument, type KeyValueStore, UnsupportedOperation } from '@aws-sdk/client-cloudfront';
import { anyResource, type CloudFrontOperations, cloudFrontOperation } from './cloudfront-operation.ts';
import type { KeyValueStoreRecord } from './cloudfront-state.ts';
import { type CloudFrontWorld, cloudFrontArn } from './cloudfront-world.ts';
import { newEntityTag, requireMatch } from './entity-tag.ts';
import { putTags } from './tags.ts';

/** The ARN of a key value store: it names the id, not the name. */
export const keyValueStoreArn = (accountId: string, id: string): string => cloudFrontArn(accountId, `key-value-store/${id}`);

const requireStore = (world: CloudFrontWorld, name: string): KeyValueStoreRecord => {
  const record = world.state.keyValueStores.get(name);
  if (!record) throw new EntityNotFound({ message: `The key value store does not exist: ${name}.`, $metadata: {} });
  return record;
};

const view = (world: CloudFrontWorld, record: KeyValueStoreRecord): KeyValueStore => ({
  Name: record.name,
  Id: record.id,
  Comment: record.comment,
  ARN: keyValueStoreArn(world.accountId, record.id),
  Status: 'READY',
  LastModifiedTime: new Date(record.modifiedAt),
});

const isAssociated = (world: CloudFrontWorld, record: KeyValueStoreRecord): boolean =>
  [...world.state.functions.values()].some(({ development, live }) =>
    [development, live].some((stage) =>
      (stage?.config.KeyValueStoreAssociations?.Items ?? []).some(({ KeyValueStoreARN }) => KeyValueStoreARN === keyValueStoreArn(world.accountId, record.id)),
    ),
  );

/** Operations on key value stores themselves; their keys have an API of their own. */
export const keyValueStoreOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const one = ({ Name }: { readonly Name: string }): readonly string[] => [
    keyValueStoreArn(world.accountId, world.state.keyValueStores.get(Name)?.id ?? '*'),
  ];
  return {
    CreateKeyValueStore: cloudFrontOperation('CreateKeyValueStore', anyResource, ({ Name, Comment, ImportSource, Tags }) => {
      if (ImportSource) throw new UnsupportedOperation({ message: 'ImportSource is not done in local mode: put the keys with UpdateKeys.', $metadata: {} });
      if (!/^[a-zA-Z0-9-_]{1,64}$/.test(Name)) throw new InvalidArgument({ message: `Name is "${Name}", expected 1 to 64 letters, digits, - and _.`, $metadata: {} });
      if (world.state.keyValueStores.get(Name)) throw new EntityAlreadyExists({ message: `A key value store named ${Name} exists already.`, $metadata: {} });
      const record = { id: crypto.randomUUID(), name: Name, comment: Comment ?? '', etag: newEntityTag(world), modifiedAt: world.clock.now() };
      world.state.keyValueStores.put(Name, record);
      putTags(world, keyValueStoreArn(world.accountId, record.id), Tags?.Items ?? []);
      return { KeyValueStore: view(world, record), ETag: record.etag };
    }),
    DescribeKeyValueStore: cloudFrontOperation('DescribeKeyValueStore', one, ({ Name }) => {
      const record = requireStore(world, Name);
      return { KeyValueStore: view(world, record), ETag: record.etag };
    }),
    UpdateKeyValueStore: cloudFrontOperation('UpdateKeyValueStore', one, ({ Name, Comment, IfMatch }) => {
      const record = requireStore(world, Name);
      requireMatch(IfMatch, record.etag, `key value store ${Name}`);
      const next = { ...record, comment: Comment, etag: newEntityTag(world), modifiedAt: world.clock.now() };
      world.state.keyValueStores.put(Name, next);
      return { KeyValueStore: view(world, next), ETag: next.etag };
    }),
    ListKeyValueStores: cloudFrontOperation('ListKeyValueStores', anyResource, () => {
      const records = [...world.state.keyValueStores.values()];
      return { KeyValueStoreList: { MaxItems: 50, Quantity: records.length, Items: records.map((record) => view(world, record)) } };
    }),
    DeleteKeyValueStore: cloudFrontOperation('DeleteKeyValueStore', one, ({ Name, IfMatch }) => {
      const record = requireStore(world, Name);
      requireMatch(IfMatch, record.etag, `key value store ${Name}`);
      if (isAssociated(world, record)) throw new CannotDeleteEntityWhileInUse({ message: `The key value store ${Name} is associated with a function.`, $metadata: {} });
      world.state.keyValueStores.delete(Name);
      return {};
    }),
  };
};
