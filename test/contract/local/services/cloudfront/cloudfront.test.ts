import '@smithy/signature-v4a';
import { Agent } from 'node:http';
import {
  CloudFrontClient,
  CreateCachePolicyCommand,
  CreateDistributionCommand,
  CreateDistributionWithTagsCommand,
  CreateFunctionCommand,
  CreateKeyValueStoreCommand,
  DeleteDistributionCommand,
  DescribeFunctionCommand,
  DescribeKeyValueStoreCommand,
  DistributionNotDisabled,
  GetCachePolicyCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  GetFunctionCommand,
  InconsistentQuantities,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
  NoSuchDistribution,
  PreconditionFailed,
  PublishFunctionCommand,
  UpdateDistributionCommand,
  waitUntilDistributionDeployed,
} from '@aws-sdk/client-cloudfront';
import {
  CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand as DescribeStoreCommand,
  GetKeyCommand,
  ListKeysCommand,
  PutKeyCommand,
  ResourceNotFoundException,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { aDistributionConfig } from '../../../../support/edge/edge-harness.ts';
import { type OriginServer, startOrigin } from '../../../../support/edge/origin-server.ts';
import { instantCloudFront } from '../../../../support/edge/instant-cloudfront.ts';
import { type LocalGateway, startGateway } from '../../../../support/gateway/local-gateway.ts';

const cloudFront = instantCloudFront();
const httpAgent = new Agent({ lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) });
let gateway: LocalGateway;
let origin: OriginServer;
let client: CloudFrontClient;
let keys: CloudFrontKeyValueStoreClient;

beforeAll(async () => {
  gateway = await startGateway({ services: cloudFront.services });
  origin = await startOrigin();
  client = new CloudFrontClient(gateway.settings);
  keys = new CloudFrontKeyValueStoreClient({ ...gateway.settings, endpoint: gateway.settings.endpoint.replace('127.0.0.1', 'kvs.localhost'), requestHandler: { httpAgent } });
});

afterAll(async () => {
  client.destroy();
  keys.destroy();
  httpAgent.destroy();
  await cloudFront.close();
  await gateway.close();
  await origin.close();
});

const config = () => aDistributionConfig(origin.domainName, { Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' } });

describe('CloudFront through its SDK client', () => {
  it('creates, deploys, serves, disables and deletes a distribution', async () => {
    const { Distribution, ETag, Location, $metadata } = await client.send(new CreateDistributionCommand({ DistributionConfig: config() }));
    const Id = Distribution!.Id!;
    expect($metadata.httpStatusCode).toBe(201);
    expect(Location).toMatch(new RegExp(`/${Id}$`));
    await waitUntilDistributionDeployed({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { Id });
    expect(await (await fetch(`http://${Distribution!.DomainName!}/a`)).text()).toBe('hello');
    await expect(client.send(new DeleteDistributionCommand({ Id, IfMatch: ETag }))).rejects.toBeInstanceOf(DistributionNotDisabled);

    const current = await client.send(new GetDistributionConfigCommand({ Id }));
    const DistributionConfig = { ...current.DistributionConfig!, Enabled: false };
    await expect(client.send(new UpdateDistributionCommand({ Id, DistributionConfig, IfMatch: 'EOLD' }))).rejects.toBeInstanceOf(PreconditionFailed);
    const updated = await client.send(new UpdateDistributionCommand({ Id, DistributionConfig, IfMatch: current.ETag }));
    await client.send(new DeleteDistributionCommand({ Id, IfMatch: updated.ETag }));

    await expect(client.send(new GetDistributionCommand({ Id }))).rejects.toBeInstanceOf(NoSuchDistribution);
  });

  it('gives a configuration back as it was put', async () => {
    const DistributionConfig = config();
    const { Distribution } = await client.send(new CreateDistributionWithTagsCommand({ DistributionConfigWithTags: { DistributionConfig, Tags: { Items: [{ Key: 'k', Value: 'v' }] } } }));

    const read = await client.send(new GetDistributionConfigCommand({ Id: Distribution!.Id }));
    const listed = await client.send(new ListDistributionsCommand({}));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ Resource: Distribution!.ARN }));

    expect(read.DistributionConfig).toMatchObject(DistributionConfig);
    expect(listed.DistributionList?.Items?.map(({ Id }) => Id)).toContain(Distribution!.Id);
    expect(Tags?.Items).toEqual([{ Key: 'k', Value: 'v' }]);
  });

  it('rejects quantities that are wrong', async () => {
    const DistributionConfig = { ...config(), Aliases: { Quantity: 3, Items: ['one'] } };

    await expect(client.send(new CreateDistributionCommand({ DistributionConfig }))).rejects.toBeInstanceOf(InconsistentQuantities);
  });

  it('keeps policies and functions', async () => {
    const CachePolicyConfig = { Name: 'mine', MinTTL: 1, DefaultTTL: 2, MaxTTL: 3 };
    const { CachePolicy } = await client.send(new CreateCachePolicyCommand({ CachePolicyConfig }));
    const FunctionCode = Buffer.from('function handler(event) { return event.request; }');
    const { ETag } = await client.send(new CreateFunctionCommand({ Name: 'f', FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' }, FunctionCode }));
    await client.send(new PublishFunctionCommand({ Name: 'f', IfMatch: ETag }));

    const read = await client.send(new GetCachePolicyCommand({ Id: CachePolicy!.Id }));
    const live = await client.send(new GetFunctionCommand({ Name: 'f', Stage: 'LIVE' }));
    const described = await client.send(new DescribeFunctionCommand({ Name: 'f', Stage: 'LIVE' }));

    expect(read.CachePolicy?.CachePolicyConfig).toMatchObject(CachePolicyConfig);
    expect(Buffer.from(live.FunctionCode!).equals(FunctionCode)).toBe(true);
    expect(described.FunctionSummary?.FunctionMetadata?.Stage).toBe('LIVE');
  });
});

describe('a key value store through its SDK clients', () => {
  it('is written by one writer of each version', async () => {
    await client.send(new CreateKeyValueStoreCommand({ Name: 'store' }));
    const { KeyValueStore } = await client.send(new DescribeKeyValueStoreCommand({ Name: 'store' }));
    const KvsARN = KeyValueStore!.ARN!;
    const { ETag } = await keys.send(new DescribeStoreCommand({ KvsARN }));

    const next = await keys.send(new PutKeyCommand({ KvsARN, Key: 'key.k1', Value: 'ä value', IfMatch: ETag }));
    await expect(keys.send(new PutKeyCommand({ KvsARN, Key: 'other', Value: '', IfMatch: ETag }))).rejects.toBeInstanceOf(ConflictException);
    await keys.send(new UpdateKeysCommand({ KvsARN, IfMatch: next.ETag, Puts: [{ Key: 'holder.E1', Value: '{}' }], Deletes: [] }));

    expect(await keys.send(new GetKeyCommand({ KvsARN, Key: 'key.k1' }))).toMatchObject({ Value: 'ä value', ItemCount: 2 });
    expect((await keys.send(new ListKeysCommand({ KvsARN }))).Items).toHaveLength(2);
    await expect(keys.send(new GetKeyCommand({ KvsARN, Key: 'none' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});
