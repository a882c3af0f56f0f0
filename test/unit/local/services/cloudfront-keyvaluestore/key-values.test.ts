import * as kvs from '@aws-sdk/client-cloudfront-keyvaluestore';
import fc from 'fast-check';
import type { CallContext, SchemaService } from '../../../../../local/gateway/service.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { timeScale } from '../../../../../local/runtime/clock.ts';
import { openCloudFrontState } from '../../../../../local/services/cloudfront/cloudfront-state.ts';
import { randomId } from '../../../../../local/services/cloudfront/cloudfront-world.ts';
import { type KeyValueData, openKeyValueData } from '../../../../../local/services/cloudfront-keyvaluestore/key-value-data.ts';
import { createKeyValueService } from '../../../../../local/services/cloudfront-keyvaluestore/key-value-service.ts';
import type { Answer } from '../../../../support/edge/edge-harness.ts';
import { type ManualClock, manualClock } from '../../../../support/manual-clock.ts';

const KvsARN = 'arn:aws:cloudfront::123456789012:key-value-store/store';

interface Store {
  readonly clock: ManualClock;
  readonly data: KeyValueData;
  readonly call: (name: string, input: object) => Answer;
  readonly etag: () => string;
}

const openStore = (): Store => {
  const clock = manualClock();
  const store = memoryStateStore();
  const state = openCloudFrontState(store);
  state.keyValueStores.put('store', { id: 'store', name: 'store', comment: '', etag: 'E1', modifiedAt: clock.now() });
  const data = openKeyValueData(store, clock, 5_000);
  const edge = { open: async () => '', close: async () => undefined };
  const service: SchemaService = createKeyValueService({ state, clock, timeScale: timeScale(1), edge, accountId: '123456789012', newId: randomId }, data);
  const call = (name: string, input: object): Answer => service.operations[name]!.handle({ KvsARN, ...input }, {} as CallContext);
  return { clock, data, call, etag: () => call('DescribeKeyValueStore', {}).ETag };
};

describe('a key value store', () => {
  it('gives back what was put, page by page', () => {
    const { call, etag } = openStore();
    call('UpdateKeys', { IfMatch: etag(), Puts: [{ Key: 'b', Value: '2' }, { Key: 'a', Value: '1' }, { Key: 'c', Value: '3' }] });

    const first = call('ListKeys', { MaxResults: 2 });
    const second = call('ListKeys', { MaxResults: 2, NextToken: first.NextToken });

    expect([...first.Items, ...second.Items]).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }, { Key: 'c', Value: '3' }]);
    expect(second.NextToken).toBeUndefined();
    expect(call('GetKey', { Key: 'b' })).toEqual({ Key: 'b', Value: '2', ItemCount: 3, TotalSizeInBytes: 6 });
  });

  it('rejects the second of two writers of one version', () => {
    const { call, etag } = openStore();
    const IfMatch = etag();
    call('PutKey', { Key: 'a', Value: '1', IfMatch });

    expect(() => call('PutKey', { Key: 'b', Value: '2', IfMatch })).toThrow(kvs.ConflictException);
    expect(() => call('GetKey', { Key: 'b' })).toThrow(kvs.ResourceNotFoundException);
  });

  it('applies an update whole or not at all', () => {
    const { call, etag } = openStore();

    expect(() => call('UpdateKeys', { IfMatch: etag(), Puts: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: 'x'.repeat(1_025) }] })).toThrow(kvs.ValidationException);
    expect(call('ListKeys', {}).Items).toEqual([]);
  });

  it.each([
    ['a key of more than 512 bytes', { Key: 'é'.repeat(257), Value: '' }],
    ['an empty key', { Key: '', Value: '' }],
    ['a value of more than 1 KB', { Key: 'a', Value: 'é'.repeat(513) }],
  ])('rejects %s', (_, input) => {
    const { call, etag } = openStore();

    expect(() => call('PutKey', { ...input, IfMatch: etag() })).toThrow(kvs.ValidationException);
  });

  it('rejects growth beyond 5 MB', () => {
    const { call, data, etag } = openStore();
    for (let index = 0; index < 5_115; index += 1) data.set('store', `k${index}`, 'x'.repeat(1_020));

    expect(() => call('PutKey', { Key: 'more', Value: 'x'.repeat(1_024), IfMatch: etag() })).not.toThrow();
    for (let index = 0; index < 10; index += 1) data.set('store', `l${index}`, 'x'.repeat(1_020));
    expect(() => call('PutKey', { Key: 'again', Value: 'x'.repeat(1_024), IfMatch: etag() })).toThrow(kvs.ServiceQuotaExceededException);
  });

  it('rejects unknown stores and keys', () => {
    const { call, etag } = openStore();

    expect(() => call('DescribeKeyValueStore', { KvsARN: `${KvsARN}x` })).toThrow(kvs.ResourceNotFoundException);
    expect(() => call('DeleteKey', { Key: 'none', IfMatch: etag() })).toThrow(kvs.ResourceNotFoundException);
  });

  it('shows edge locations every write exactly its propagation later', async () => {
    const step = fc.record({ wait: fc.nat(8_000), value: fc.option(fc.string({ maxLength: 3 }), { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.nat(8_000), async (steps, end) => {
        const { clock, data } = openStore();
        const writes: { at: number; value: string | undefined }[] = [];
        for (const { wait, value } of steps) {
          await clock.advance(wait);
          data.set('store', 'k', value);
          writes.push({ at: clock.now(), value });
        }
        await clock.advance(end);
        const expected = writes.findLast(({ at }) => at + 5_000 <= clock.now())?.value;
        return data.atEdge('store', 'k') === expected && data.countAtEdge('store') === (expected === undefined ? 0 : 1);
      }),
      { numRuns: 30 },
    );
  });
});
