import { aDistributionConfig, type EdgeHarness, startEdge } from '../../../../support/edge/edge-harness.ts';

let edge: EdgeHarness;

beforeEach(async () => {
  edge = await startEdge();
});

afterEach(() => edge.close());

const create = (over = {}) => edge.call('CreateDistribution', { DistributionConfig: aDistributionConfig(edge.origin.domainName, over) });

const anErrorNamed = (name: string) => expect.objectContaining({ name });

const aBehaviour = { TargetOriginId: 'origin', ViewerProtocolPolicy: 'allow-all', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' };

describe('a distribution of the API', () => {
  it('is deployed some minutes after its creation', async () => {
    const { Distribution } = await create();
    expect(Distribution).toMatchObject({ Id: expect.stringMatching(/^E[A-Z0-9]{13}$/), Status: 'InProgress', DomainName: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });

    await edge.clock.advance(4 * 60_000);

    const { Distribution: later } = await edge.call('GetDistribution', { Id: Distribution.Id });
    expect(later.Status).toBe('Deployed');
  });

  it('serves an update when it is deployed', async () => {
    const { Distribution, ETag } = await create();
    const off = { ...Distribution.DistributionConfig, Enabled: false };
    await edge.call('UpdateDistribution', { Id: Distribution.Id, IfMatch: ETag, DistributionConfig: off });
    const status = async (): Promise<number> => (await fetch(`http://${Distribution.DomainName}/a`)).status;

    const before = await status();
    await edge.clock.advance(4 * 60_000);

    expect([before, await status()]).toEqual([200, 403]);
  });

  it('is deleted when it is disabled and deployed', async () => {
    const { Distribution, ETag } = await create();
    await expect(edge.call('DeleteDistribution', { Id: Distribution.Id, IfMatch: ETag })).rejects.toEqual(anErrorNamed('DistributionNotDisabled'));
    const updated = await edge.call('UpdateDistribution', { Id: Distribution.Id, IfMatch: ETag, DistributionConfig: { ...Distribution.DistributionConfig, Enabled: false } });
    await edge.clock.advance(4 * 60_000);

    await edge.call('DeleteDistribution', { Id: Distribution.Id, IfMatch: updated.ETag });

    await expect(edge.call('GetDistribution', { Id: Distribution.Id })).rejects.toEqual(anErrorNamed('NoSuchDistribution'));
    await expect(fetch(`http://${Distribution.DomainName}/a`)).rejects.toThrow();
  });

  it('lists pages in order of creation', async () => {
    const ids = [(await create()).Distribution.Id, (await create()).Distribution.Id, (await create()).Distribution.Id];

    const { DistributionList: first } = await edge.call('ListDistributions', { MaxItems: 2 });
    const { DistributionList: second } = await edge.call('ListDistributions', { MaxItems: 2, Marker: first.NextMarker });

    expect([...first.Items, ...second.Items].map(({ Id }) => Id)).toEqual(ids);
    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
  });

  it('rejects a caller reference that was used before', async () => {
    await create({ CallerReference: 'once' });

    await expect(create({ CallerReference: 'once' })).rejects.toEqual(anErrorNamed('DistributionAlreadyExists'));
  });

  it.each([
    ['InconsistentQuantities', { Aliases: { Quantity: 2, Items: ['a'] } }],
    ['NoSuchOrigin', { DefaultCacheBehavior: { ...aBehaviour, TargetOriginId: 'other' } }],
    ['NoSuchCachePolicy', { DefaultCacheBehavior: { ...aBehaviour, CachePolicyId: 'none' } }],
    ['NoSuchOriginRequestPolicy', { DefaultCacheBehavior: { ...aBehaviour, OriginRequestPolicyId: 'none' } }],
    ['NoSuchResponseHeadersPolicy', { DefaultCacheBehavior: { ...aBehaviour, ResponseHeadersPolicyId: 'none' } }],
    ['InvalidArgument', { DefaultCacheBehavior: { ...aBehaviour, AllowedMethods: { Quantity: 2, Items: ['GET', 'POST'] } } }],
    ['InvalidArgument', { DefaultCacheBehavior: { ...aBehaviour, CachePolicyId: undefined } }],
    ['TrustedKeyGroupDoesNotExist', { DefaultCacheBehavior: { ...aBehaviour, TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: ['k'] } } }],
    ['InvalidArgument', { DefaultCacheBehavior: { ...aBehaviour, TrustedKeyGroups: { Enabled: false, Quantity: 1, Items: ['k'] } } }],
    ['InvalidFunctionAssociation', { DefaultCacheBehavior: { ...aBehaviour, FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-request', FunctionARN: 'arn:aws:cloudfront::1:function/x' }] } } }],
  ])('rejects with %s what CloudFront would not take', async (name, over) => {
    await expect(create(over)).rejects.toEqual(anErrorNamed(name));
  });

  it.each([
    [undefined, 'InvalidIfMatchVersion'],
    ['EOLD', 'PreconditionFailed'],
  ])('rejects an update of version %s with %s', async (IfMatch, name) => {
    const { Distribution } = await create();

    const update = edge.call('UpdateDistribution', { Id: Distribution.Id, IfMatch, DistributionConfig: Distribution.DistributionConfig });

    await expect(update).rejects.toEqual(anErrorNamed(name));
  });
});

describe('a policy', () => {
  const CachePolicyConfig = { Name: 'mine', MinTTL: 0 };

  it('can be used and then not be deleted', async () => {
    const { CachePolicy, ETag } = await edge.call('CreateCachePolicy', { CachePolicyConfig });
    await create({ DefaultCacheBehavior: { ...aBehaviour, CachePolicyId: CachePolicy.Id } });

    await expect(edge.call('DeleteCachePolicy', { Id: CachePolicy.Id, IfMatch: ETag })).rejects.toEqual(anErrorNamed('CachePolicyInUse'));
  });

  it('has a name of its own', async () => {
    await edge.call('CreateCachePolicy', { CachePolicyConfig });

    await expect(edge.call('CreateCachePolicy', { CachePolicyConfig })).rejects.toEqual(anErrorNamed('CachePolicyAlreadyExists'));
  });

  it('of AWS is there by its id', async () => {
    const { CachePolicy } = await edge.call('GetCachePolicy', { Id: '08627262-05a9-4f76-9ded-b50ca2e3a84f' });

    expect(CachePolicy.CachePolicyConfig.Name).toBe('Managed-Elemental-MediaPackage');
  });
});

describe('a function of the API', () => {
  const FunctionConfig = { Comment: '', Runtime: 'cloudfront-js-2.0' };
  const code = (text: string): Buffer => Buffer.from(`function handler() { return { statusCode: 200, body: '${text}' }; }`);

  it('is live only when it is published', async () => {
    const { ETag } = await edge.call('CreateFunction', { Name: 'f', FunctionConfig, FunctionCode: code('one') });
    await expect(edge.call('DescribeFunction', { Name: 'f', Stage: 'LIVE' })).rejects.toEqual(anErrorNamed('NoSuchFunctionExists'));

    await edge.call('PublishFunction', { Name: 'f', IfMatch: ETag });
    const updated = await edge.call('UpdateFunction', { Name: 'f', IfMatch: ETag, FunctionConfig, FunctionCode: code('two') });

    const stages = await Promise.all(['LIVE', 'DEVELOPMENT'].map((Stage) => edge.call('GetFunction', { Name: 'f', Stage })));
    expect(stages.map(({ FunctionCode }) => Buffer.from(FunctionCode).toString())).toEqual([code('one').toString(), code('two').toString()]);
    expect(stages[1].ETag).toBe(updated.ETag);
  });

  it('rejects code of more than 10 KB', async () => {
    const creation = edge.call('CreateFunction', { Name: 'f', FunctionConfig, FunctionCode: Buffer.alloc(10_241, 'a') });

    await expect(creation).rejects.toEqual(anErrorNamed('FunctionSizeLimitExceeded'));
  });

  it('rejects an old version, a taken name and a store that is not there', async () => {
    await edge.call('CreateFunction', { Name: 'f', FunctionConfig, FunctionCode: code('one') });
    const KeyValueStoreAssociations = { Quantity: 1, Items: [{ KeyValueStoreARN: 'arn:aws:cloudfront::123456789012:key-value-store/none' }] };

    await expect(edge.call('PublishFunction', { Name: 'f', IfMatch: 'EOLD' })).rejects.toEqual(anErrorNamed('PreconditionFailed'));
    await expect(edge.call('CreateFunction', { Name: 'f', FunctionConfig, FunctionCode: code('one') })).rejects.toEqual(anErrorNamed('FunctionAlreadyExists'));
    await expect(edge.call('CreateFunction', { Name: 'g', FunctionConfig: { ...FunctionConfig, KeyValueStoreAssociations }, FunctionCode: code('x') })).rejects.toEqual(anErrorNamed('InvalidArgument'));
  });
});
