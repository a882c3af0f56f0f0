import '@smithy/signature-v4a';
import { Agent } from 'node:http';
import { CloudFrontClient, CreateKeyValueStoreCommand } from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import fc from 'fast-check';
import { keyValueStoreEdgeHolders } from '../../../../lambda/adapters/cloudfront-keyvaluestore/edge-holders.ts';
import { type EdgeStore, edgeStore } from '../../../../lambda/adapters/cloudfront-keyvaluestore/edge-store.ts';
import { keyValueStoreSessionRevocations } from '../../../../lambda/adapters/cloudfront-keyvaluestore/session-revocations.ts';
import type { EdgeHolders } from '../../../../lambda/domain/playback/edge-holders.ts';
import { instantCloudFront } from '../../../support/edge/instant-cloudfront.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';

const keys = { k1: 'first-key', k2: 'second-key' };
const aHolder = (breakoutId: string, change: { from?: number; until?: number } = {}) => ({ breakoutId, began: 50, from: 100, until: null, curtain: 'UP' as const, ...change });
const httpAgent = new Agent({ lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) });
let gateway: LocalGateway;
let control: CloudFrontClient;
let client: CloudFrontKeyValueStoreClient;
let store: EdgeStore;
let edge: EdgeHolders;

beforeAll(async () => {
  const cloudFront = instantCloudFront();
  gateway = await startGateway({ services: cloudFront.services });
  control = new CloudFrontClient(gateway.settings);
  client = new CloudFrontKeyValueStoreClient({ ...gateway.settings, endpoint: gateway.settings.endpoint.replace('127.0.0.1', 'kvs.localhost'), requestHandler: { httpAgent } });
  const { KeyValueStore } = await control.send(new CreateKeyValueStoreCommand({ Name: 'edge' }));
  store = edgeStore(client, KeyValueStore!.ARN!);
  edge = keyValueStoreEdgeHolders(store);
});

afterAll(async () => {
  control.destroy();
  client.destroy();
  httpAgent.destroy();
  await gateway.close();
});

describe('whom the edge serves', () => {
  it('is nobody until a show opens it, with the keys that verify its viewers', async () => {
    expect(await edge.get('E1')).toBeUndefined();

    await edge.change('E1', async () => aHolder('bko_1'), keys);

    expect(await edge.get('E1')).toEqual(aHolder('bko_1'));
    expect(await store.entries()).toEqual(expect.arrayContaining([['key.k1', 'first-key'], ['key.k2', 'second-key']]));
  });

  it('is decided on what is served, and may stay as it is', async () => {
    await edge.change('E2', async () => aHolder('bko_2'));

    await edge.change('E2', async () => 'AS_IT_IS');
    expect(await edge.get('E2')).toEqual(aHolder('bko_2'));
    await edge.change('E2', async (served) => ({ ...served!, until: 200 }));
    expect(await edge.get('E2')).toEqual(aHolder('bko_2', { until: 200 }));
    await edge.change('E2', async () => 'NOBODY');
    await edge.change('E2', async () => 'NOBODY');
    expect(await edge.get('E2')).toBeUndefined();
  });

  it('is as before where keys alone are published', async () => {
    await edge.change('E3', async () => aHolder('bko_3'));

    await edge.publishKeys({ k9: 'ninth-key' });

    expect(await edge.get('E3')).toEqual(aHolder('bko_3'));
    expect(await store.entries()).toEqual(expect.arrayContaining([['key.k9', 'ninth-key']]));
  });

  it('is written by many shows at once, though the store has one version', async () => {
    const distributions = Array.from({ length: 6 }, (_, index) => `EX${index}`);

    await Promise.all(distributions.map((id, index) => edge.change(id, async () => aHolder(`bko_${index}`, { from: index }), keys)));

    expect((await Promise.all(distributions.map((id) => edge.get(id)))).map((holder) => holder?.from)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('sessions that the edge refuses', () => {
  it('are revoked by many at once, and forgotten when their tokens have expired', async () => {
    const revocations = keyValueStoreSessionRevocations(store);
    const sessions = Array.from({ length: 120 }, (_, index) => ({ session: `session${index}`, until: index }));

    await Promise.all([sessions.slice(0, 60), sessions.slice(60)].map((some) => revocations.revoke(some)));
    await edge.change('E3', async () => aHolder('bko_3'));

    expect(await Promise.all(['session0', 'session119', 'session120'].map((session) => revocations.isRevoked(session)))).toEqual([true, true, false]);
    await revocations.forgetExpired(100);
    expect((await store.entries()).filter(([key]) => key.startsWith('rev.'))).toHaveLength(19);
    expect(await edge.get('E3')).toEqual(aHolder('bko_3'));
  });
});

describe('concurrent writers of the store', () => {
  it('lose nothing, whatever they write in whatever order', async () => {
    const revocations = keyValueStoreSessionRevocations(store);
    const writer = fc.oneof(
      fc.record({ kind: fc.constant('hold' as const), id: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ kind: fc.constant('count' as const), id: fc.integer({ min: 0, max: 2 }) }),
      fc.record({ kind: fc.constant('revoke' as const), id: fc.integer({ min: 0, max: 99 }) }),
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(writer, { minLength: 2, maxLength: 10 }), async (writers) => {
        round += 1;
        const nameOf = (id: number): string => `E-${round}-${id}`;
        const counts = (id: number): number => writers.filter((one) => one.kind === 'count' && one.id === id).length;
        await Promise.all([0, 1, 2].map((id) => edge.change(nameOf(100 + id), async () => aHolder('bko_count', { from: 0 }))));

        await Promise.all(
          writers.map(({ kind, id }) => {
            if (kind === 'hold') return edge.change(nameOf(id), async () => aHolder(`bko_${id}`));
            if (kind === 'revoke') return revocations.revoke([{ session: `r${round}-${id}`, until: 9 }]);
            return edge.change(nameOf(100 + id), async (served) => ({ ...served!, from: served!.from + 1 }));
          }),
        );

        for (const { kind, id } of writers) {
          if (kind === 'hold') expect(await edge.get(nameOf(id))).toEqual(aHolder(`bko_${id}`));
          if (kind === 'revoke') expect(await revocations.isRevoked(`r${round}-${id}`)).toBe(true);
          if (kind === 'count') expect((await edge.get(nameOf(100 + id)))?.from).toBe(counts(id));
        }
      }),
      { numRuns: 8 },
    );
  });
});
