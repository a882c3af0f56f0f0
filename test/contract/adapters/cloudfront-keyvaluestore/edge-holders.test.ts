import '@smithy/signature-v4a';
import { Agent } from 'node:http';
import { CloudFrontClient, CreateKeyValueStoreCommand } from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient, ListKeysCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { keyValueStoreEdgeHolders } from '../../../../lambda/adapters/cloudfront-keyvaluestore/edge-holders.ts';
import type { EdgeHolders } from '../../../../lambda/domain/playback/edge-holders.ts';
import { instantCloudFront } from '../../../support/edge/instant-cloudfront.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';

const keys = { k1: 'first-key', k2: 'second-key' };
const httpAgent = new Agent({ lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) });
let gateway: LocalGateway;
let control: CloudFrontClient;
let client: CloudFrontKeyValueStoreClient;
let storeArn: string;
let edge: EdgeHolders;

beforeAll(async () => {
  const cloudFront = instantCloudFront();
  gateway = await startGateway({ services: cloudFront.services });
  control = new CloudFrontClient(gateway.settings);
  client = new CloudFrontKeyValueStoreClient({ ...gateway.settings, endpoint: gateway.settings.endpoint.replace('127.0.0.1', 'kvs.localhost'), requestHandler: { httpAgent } });
  const { KeyValueStore } = await control.send(new CreateKeyValueStoreCommand({ Name: 'edge' }));
  storeArn = KeyValueStore!.ARN!;
  edge = keyValueStoreEdgeHolders(client, storeArn);
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

    await edge.open('E1', { breakoutId: 'bko_1', from: 100, until: null }, keys);

    expect(await edge.get('E1')).toEqual({ breakoutId: 'bko_1', from: 100, until: null });
    const { Items } = await client.send(new ListKeysCommand({ KvsARN: storeArn }));
    expect(Items).toEqual(expect.arrayContaining([{ Key: 'key.k1', Value: 'first-key' }, { Key: 'key.k2', Value: 'second-key' }]));
  });

  it('is limited and closed by the show that is served, and by no other', async () => {
    await edge.open('E2', { breakoutId: 'bko_2', from: 100, until: null }, keys);

    await edge.limit('E2', { breakoutId: 'bko_other', from: 100, until: 200 });
    await edge.close('E2', 'bko_other');
    expect(await edge.get('E2')).toEqual({ breakoutId: 'bko_2', from: 100, until: null });

    await edge.limit('E2', { breakoutId: 'bko_2', from: 100, until: 200 });
    expect(await edge.get('E2')).toEqual({ breakoutId: 'bko_2', from: 100, until: 200 });
    await edge.close('E2', 'bko_2');
    await edge.close('E2', 'bko_2');
    expect(await edge.get('E2')).toBeUndefined();
  });

  it('is written by many shows at once, though the store has one version', async () => {
    const distributions = Array.from({ length: 6 }, (_, index) => `EX${index}`);

    await Promise.all(distributions.map((id, index) => edge.open(id, { breakoutId: `bko_${index}`, from: index, until: null }, keys)));

    expect((await Promise.all(distributions.map((id) => edge.get(id)))).map((holder) => holder?.from)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
