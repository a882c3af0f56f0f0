import { CloudFrontClient, CreateInvalidationCommand, GetDistributionCommand, ListDistributionsCommand, NoSuchDistribution } from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient, PutKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand, InvalidNextToken } from '@aws-sdk/client-cloudwatch';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateChannelCommand, DescribeChannelCommand, ListChannelsCommand, MediaLiveClient, NotFoundException, StartChannelCommand, StopChannelCommand } from '@aws-sdk/client-medialive';
import '@smithy/signature-v4a';
import { Agent } from 'node:http';
import { demoServices } from '../../support/gateway/demo-services.ts';
import { type LocalGateway, startGateway } from '../../support/gateway/local-gateway.ts';

const demo = demoServices();
let gateway: LocalGateway;

beforeAll(async () => {
  gateway = await startGateway({ services: demo.services, bodyLimitBytes: 100_000 });
});

afterAll(() => gateway.close());

const at = new Date('2026-11-23T10:00:00.000Z');

describe('restJson1', () => {
  const client = () => new MediaLiveClient({ ...gateway.settings, maxAttempts: 1 });

  it('reads query parameters and writes lists', async () => {
    const output = await client().send(new ListChannelsCommand({ MaxResults: 7, NextToken: 'a b&c' }));

    expect(demo.inputs.ListChannels).toEqual({ MaxResults: 7, NextToken: 'a b&c' });
    expect(output).toMatchObject({ NextToken: 'next', Channels: [{ Id: '1', State: 'IDLE', PipelinesRunningCount: 0 }] });
    expect(output.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('reads nested bodies with their own member names and answers the modelled status', async () => {
    const input = { Name: 'Größe', InputSpecification: { Codec: 'AVC' }, Destinations: [{ Id: 'd', MediaPackageSettings: [{ ChannelId: 'c' }] }], Tags: { a: 'b' } } as const;

    const output = await client().send(new CreateChannelCommand({ ...input, Destinations: [...input.Destinations.map((item) => ({ ...item, MediaPackageSettings: [...item.MediaPackageSettings] }))], RequestId: 'r1' }));

    expect(demo.inputs.CreateChannel).toEqual({ ...input, RequestId: 'r1' });
    expect(output.$metadata.httpStatusCode).toBe(201);
    expect(output.Channel).toEqual({ Id: '2', Name: 'Größe', State: 'CREATING' });
  });

  it('fills in idempotency tokens that the client makes', async () => {
    await client().send(new CreateChannelCommand({ Name: 'x' }));

    expect(demo.inputs.CreateChannel).toEqual({ Name: 'x', RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('answers modelled errors as the client knows them', async () => {
    const call = client().send(new DescribeChannelCommand({ ChannelId: '9/1' }));

    await expect(call).rejects.toBeInstanceOf(NotFoundException);
    await expect(call).rejects.toMatchObject({ message: 'channel 9/1 does not exist', $metadata: { httpStatusCode: 404 } });
  });

  it('answers 501 for an operation that is not implemented', async () => {
    const call = client().send(new StartChannelCommand({ ChannelId: '1' }));

    await expect(call).rejects.toMatchObject({ name: 'NotImplementedException', message: expect.stringContaining('medialive StartChannel'), $metadata: { httpStatusCode: 501 } });
  });

  it('answers 500 without details and logs what failed', async () => {
    const call = client().send(new StopChannelCommand({ ChannelId: '1' }));

    await expect(call).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(gateway.failures).toEqual([expect.stringContaining('Error: boom')]);
  });

  it('rejects a body that is longer than the limit', async () => {
    const call = client().send(new CreateChannelCommand({ Name: 'x'.repeat(100_000) }));

    await expect(call).rejects.toMatchObject({ name: 'RequestEntityTooLargeException', $metadata: { httpStatusCode: 413 } });
  });

  it('writes blob payloads, headers and the status member', async () => {
    const output = await new LambdaClient(gateway.settings).send(new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from('{"x":"é"}') }));

    expect(demo.inputs.Invoke).toEqual({ FunctionName: 'f', Payload: new Uint8Array(Buffer.from('{"x":"é"}')) });
    expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(output.Payload?.transformToString()).toBe('{"a":1}');
  });

  it('knows a SigV4A call by its scope without a Region', async () => {
    const KvsARN = 'arn:aws:cloudfront::123456789012:key-value-store/8f3a';
    const httpAgent = new Agent({ lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) });
    // The client puts the account before the host, so that the host must be a name.
    const endpoint = gateway.settings.endpoint.replace('127.0.0.1', 'kvs.localhost');
    const client = new CloudFrontKeyValueStoreClient({ ...gateway.settings, endpoint, requestHandler: { httpAgent } });

    const output = await client.send(new PutKeyCommand({ KvsARN, Key: 'holder.E1', Value: 'v', IfMatch: 'E1' }));

    expect(demo.inputs.PutKey).toEqual({ KvsARN, Key: 'holder.E1', Value: 'v', IfMatch: 'E1' });
    expect(output).toMatchObject({ ItemCount: 1, ETag: 'E2' });
  });
});

describe('restXml', () => {
  const client = () => new CloudFrontClient({ ...gateway.settings, maxAttempts: 1 });

  it('writes a payload', async () => {
    const output = await client().send(new ListDistributionsCommand({}));

    expect(output.DistributionList).toEqual({ Marker: '', MaxItems: 100, IsTruncated: false, Quantity: 0 });
  });

  it('reads a body with lists and writes headers and times', async () => {
    const InvalidationBatch = { Paths: { Quantity: 2, Items: ['/a&b', '/c'] }, CallerReference: 'r' };

    const output = await client().send(new CreateInvalidationCommand({ DistributionId: 'E1', InvalidationBatch }));

    expect(demo.inputs.CreateInvalidation).toEqual({ DistributionId: 'E1', InvalidationBatch });
    expect(output).toMatchObject({ Location: 'https://cloudfront/1', Invalidation: { CreateTime: at, InvalidationBatch } });
  });

  it('answers modelled errors as the client knows them', async () => {
    const call = client().send(new GetDistributionCommand({ Id: 'E9' }));

    await expect(call).rejects.toBeInstanceOf(NoSuchDistribution);
    await expect(call).rejects.toMatchObject({ message: 'no <E9>', $metadata: { httpStatusCode: 404 } });
  });

  it('rejects an input that lacks a required member, with its path', async () => {
    const call = client().send(new CreateInvalidationCommand({ DistributionId: 'E1', InvalidationBatch: { Paths: { Quantity: undefined }, CallerReference: 'r' } }));

    await expect(call).rejects.toMatchObject({ name: 'InvalidArgument', message: expect.stringContaining("'/InvalidationBatch/Paths/Quantity'"), $metadata: { httpStatusCode: 400 } });
  });
});

describe('awsJson and awsQuery', () => {
  it('reads and writes times, numbers and nested structures in JSON', async () => {
    const query = { Id: 'm1', MetricStat: { Metric: { Namespace: 'AWS/CloudFront', MetricName: 'BytesDownloaded', Dimensions: [{ Name: 'Region', Value: 'Global' }] }, Period: 60, Stat: 'Sum' } };

    const output = await new CloudWatchClient(gateway.settings).send(new GetMetricDataCommand({ StartTime: at, EndTime: at, MetricDataQueries: [query] }));

    expect(demo.inputs.GetMetricData).toEqual({ StartTime: at, EndTime: at, MetricDataQueries: [query] });
    expect(output.MetricDataResults).toEqual([{ Id: 'm1', Label: 'bytes', StatusCode: 'Complete', Timestamps: [at], Values: [1.5, 20] }]);
  });

  it('answers modelled errors in JSON as the client knows them', async () => {
    const call = new CloudWatchClient(gateway.settings).send(new DescribeAlarmsCommand({}));

    await expect(call).rejects.toBeInstanceOf(InvalidNextToken);
    await expect(call).rejects.toMatchObject({ message: 'bad token' });
  });

  it('reads forms with lists and writes XML results', async () => {
    const input = { RoleName: 'a', AssumeRolePolicyDocument: '{"a": "b+c&d"}', MaxSessionDuration: 3600, Tags: [{ Key: 'k', Value: '<v>' }] };

    const output = await new IAMClient(gateway.settings).send(new CreateRoleCommand(input));

    expect(demo.inputs.CreateRole).toEqual(input);
    expect(output.Role).toEqual({ Path: '/', RoleName: 'a', RoleId: 'AROA1', Arn: 'arn:aws:iam::123456789012:role/a', CreateDate: at, Tags: input.Tags });
  });
});

describe('authentication', () => {
  it('rejects an access key that nobody has', async () => {
    const client = new MediaLiveClient({ ...gateway.settings, credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 's' }, maxAttempts: 1 });

    await expect(client.send(new ListChannelsCommand({}))).rejects.toMatchObject({ name: 'UnrecognizedClientException', $metadata: { httpStatusCode: 403 } });
  });

  it('rejects a signature that another secret made', async () => {
    const client = new MediaLiveClient({ ...gateway.settings, credentials: { accessKeyId: 'local-operator', secretAccessKey: 'wrong' }, maxAttempts: 1 });

    await expect(client.send(new ListChannelsCommand({}))).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });

  it('rejects a call that is not signed', async () => {
    const response = await fetch(`${gateway.settings.endpoint}/`, { method: 'POST', headers: { 'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData' }, body: '{}' });

    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  it('says which services there are when asked for another', async () => {
    const response = await fetch(`${gateway.settings.endpoint}/prod/channels`);

    expect(response.status).toBe(404);
    await expect(response.text()).resolves.toContain('medialive, cloudfront');
  });
});
