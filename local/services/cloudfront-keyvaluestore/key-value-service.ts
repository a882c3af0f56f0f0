import * as kvs from '@aws-sdk/client-cloudfront-keyvaluestore';
import { ConflictException, ResourceNotFoundException, ValidationException } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { defineService } from '../../gateway/define-service.ts';
import type { Operation, SchemaService } from '../../gateway/service.ts';
import { keyValueStoreArn } from '../cloudfront/key-value-store-operations.ts';
import type { CloudFrontWorld } from '../cloudfront/cloudfront-world.ts';
import { newEntityTag } from '../cloudfront/entity-tag.ts';
import type { KeyValueData, StoreSummary } from './key-value-data.ts';
import { assertPair, assertStoreSize, keyValueLimits, pairBytes } from './key-value-limits.ts';

interface Change {
  readonly key: string;
  /** Absent = delete. */
  readonly value?: string;
}

interface OpenStore {
  readonly id: string;
  readonly summary: StoreSummary;
}

const openStore = (world: CloudFrontWorld, data: KeyValueData, arn: string): OpenStore => {
  const record = [...world.state.keyValueStores.values()].find(({ id }) => keyValueStoreArn(world.accountId, id) === arn);
  if (!record) throw new ResourceNotFoundException({ message: `The key value store ${arn} was not found.`, $metadata: {} });
  const summary = data.summaries.get(record.id);
  if (summary) return { id: record.id, summary };
  const fresh = { etag: `KV${newEntityTag(world)}`, createdAt: record.modifiedAt, modifiedAt: record.modifiedAt };
  data.summaries.put(record.id, fresh);
  return { id: record.id, summary: fresh };
};

const sizeOf = (data: KeyValueData, storeId: string): { readonly ItemCount: number; readonly TotalSizeInBytes: number } => {
  const entries = data.entries(storeId);
  return { ItemCount: entries.length, TotalSizeInBytes: entries.reduce((sum, [key, value]) => sum + pairBytes(key, value), 0) };
};

const assertChanges = (data: KeyValueData, storeId: string, changes: readonly Change[]): void => {
  if (changes.length === 0 || changes.length > keyValueLimits.keysInUpdate) {
    throw new ValidationException({ message: `${changes.length} keys in one update, expected 1 to ${keyValueLimits.keysInUpdate}.`, $metadata: {} });
  }
  const after = new Map(data.entries(storeId));
  for (const { key, value } of changes) {
    assertPair(key, value ?? '');
    if (value === undefined) after.delete(key);
    else after.set(key, value);
  }
  assertStoreSize([...after].reduce((sum, [key, value]) => sum + pairBytes(key, value), 0));
};

/** The whole store has one version: of two writers that read the same one, the second gets ConflictException. */
const applyChanges = (world: CloudFrontWorld, data: KeyValueData, arn: string, ifMatch: string, changes: readonly Change[]) => {
  const { id, summary } = openStore(world, data, arn);
  if (ifMatch !== summary.etag) {
    throw new ConflictException({ message: `The store's version is ${summary.etag}, but If-Match is ${ifMatch}: describe the store and repeat.`, $metadata: {} });
  }
  assertChanges(data, id, changes);
  for (const { key, value } of changes) data.set(id, key, value);
  const next = { ...summary, etag: `KV${newEntityTag(world)}`, modifiedAt: world.clock.now() };
  data.summaries.put(id, next);
  return { ...sizeOf(data, id), ETag: next.etag };
};

const listKeys = (data: KeyValueData, id: string, token: string | undefined, limit: number) => {
  const entries = [...data.entries(id)].sort(([left], [right]) => (left < right ? -1 : 1));
  const start = token === undefined ? 0 : entries.findIndex(([key]) => key === token) + 1;
  const page = entries.slice(start, start + limit);
  const last = page.at(-1);
  return {
    Items: page.map(([Key, Value]) => ({ Key, Value })),
    ...(start + limit < entries.length && last !== undefined && { NextToken: last[0] }),
  };
};

const operation = <Input extends { readonly KvsARN: string }, Output>(name: string, handle: (input: Input) => NoInfer<Output>): Operation<Input, Output> => ({
  permissions: ({ KvsARN }) => [{ action: `cloudfront-keyvaluestore:${name}`, resources: [KvsARN] }],
  handle,
});

/** The data plane of key value stores. Edge locations see writes late; readers of this API at once. */
export const createKeyValueService = (world: CloudFrontWorld, data: KeyValueData): SchemaService =>
  defineService('cloudfront-keyvaluestore', kvs, {
    DescribeKeyValueStore: operation('DescribeKeyValueStore', ({ KvsARN }) => {
      const { id, summary } = openStore(world, data, KvsARN);
      return { ...sizeOf(data, id), KvsARN, Created: new Date(summary.createdAt), LastModified: new Date(summary.modifiedAt), ETag: summary.etag, Status: 'READY' };
    }),
    GetKey: operation('GetKey', ({ KvsARN, Key }) => {
      const { id } = openStore(world, data, KvsARN);
      const Value = data.get(id, Key);
      if (Value === undefined) throw new ResourceNotFoundException({ message: `The key ${Key} was not found.`, $metadata: {} });
      return { Key, Value, ...sizeOf(data, id) };
    }),
    ListKeys: operation('ListKeys', ({ KvsARN, NextToken, MaxResults }) => listKeys(data, openStore(world, data, KvsARN).id, NextToken, MaxResults ?? 50)),
    PutKey: operation('PutKey', ({ KvsARN, IfMatch, Key, Value }) => applyChanges(world, data, KvsARN, IfMatch, [{ key: Key, value: Value }])),
    DeleteKey: operation('DeleteKey', ({ KvsARN, IfMatch, Key }) => {
      if (data.get(openStore(world, data, KvsARN).id, Key) === undefined) {
        throw new ResourceNotFoundException({ message: `The key ${Key} was not found.`, $metadata: {} });
      }
      return applyChanges(world, data, KvsARN, IfMatch, [{ key: Key }]);
    }),
    UpdateKeys: operation('UpdateKeys', ({ KvsARN, IfMatch, Puts, Deletes }) =>
      applyChanges(world, data, KvsARN, IfMatch, [
        ...(Puts ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
        ...(Deletes ?? []).map(({ Key }) => ({ key: Key })),
      ]),
    ),
  });
