import { CloudFrontClient, CreateDistributionCommand, CreateOriginAccessControlCommand, InvalidOriginAccessControl, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCloudFront, type CloudFront } from '../../../../local/edge/cloudfront.ts';
import { systemClock, timeScale } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createIdentityServices } from '../../../../local/services/iam/iam-service.ts';
import { createS3Service } from '../../../../local/services/s3/s3-service.ts';
import { aDistributionConfig, originCachePolicy } from '../../../support/edge/edge-harness.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';

const accountId = '123456789012';
const bucket = 'recordings';
let folder: string;
let gateway: LocalGateway;
let cloudFront: CloudFront;
let client: CloudFrontClient;
let s3: S3Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-origin-'));
  const base = { state: memoryStateStore(), clock: systemClock, accountId, region: 'us-east-1', timeScale: timeScale(Infinity) };
  const identity = createIdentityServices({ ...base, endpoint: () => gateway.settings.endpoint });
  cloudFront = createCloudFront({ ...base, metrics: { record: () => undefined }, clientSettings: () => gateway.settings, serviceSessions: identity.serviceSessions, onFault: () => undefined });
  const objects = createS3Service({ ...base, folder, events: { emit: () => undefined } });
  gateway = await startGateway({ services: [...identity.services, ...cloudFront.services, objects], access: identity.access, clock: systemClock });
  client = new CloudFrontClient(gateway.settings);
  s3 = new S3Client({ ...gateway.settings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a/b c+(1).m3u8', Body: '#EXTM3U', ContentType: 'application/vnd.apple.mpegurl' }));
});

afterAll(async () => {
  await cloudFront.close();
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
});

const control = async (SigningBehavior: 'always' | 'never'): Promise<string> => {
  const config = { Name: `oac-${SigningBehavior}-${crypto.randomUUID()}`, OriginAccessControlOriginType: 's3' as const, SigningBehavior, SigningProtocol: 'sigv4' as const };
  return (await client.send(new CreateOriginAccessControlCommand({ OriginAccessControlConfig: config }))).OriginAccessControl!.Id!;
};

const inFrontOf = (OriginAccessControlId: string): DistributionConfig =>
  aDistributionConfig('', {
    Origins: { Quantity: 1, Items: [{ Id: 'origin', DomainName: `${bucket}.s3.us-east-1.amazonaws.com`, S3OriginConfig: { OriginAccessIdentity: '' }, OriginAccessControlId }] },
    DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: originCachePolicy },
    Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
  });

const distribution = async (controlId: string): Promise<{ readonly arn: string; readonly url: string }> => {
  const { Distribution } = await client.send(new CreateDistributionCommand({ DistributionConfig: inFrontOf(controlId) }));
  return { arn: Distribution!.ARN!, url: `http://${Distribution!.DomainName!}/a/b%20c+(1).m3u8` };
};

const letIn = (sourceArn: string, condition: object = { StringEquals: { 'AWS:SourceArn': sourceArn } }) =>
  s3.send(
    new PutBucketPolicyCommand({
      Bucket: bucket,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: ['arn:aws:s3:::recordings', 'arn:aws:s3:::recordings/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::recordings/*', Condition: condition },
        ],
      }),
    }),
  );

describe('a bucket behind CloudFront', () => {
  it('is read by the distribution that its policy names', async () => {
    const { arn, url } = await distribution(await control('always'));
    await letIn(arn);

    const answer = await fetch(url);

    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'application/vnd.apple.mpegurl', '#EXTM3U']);
  });

  it('answers a part when a part is asked for', async () => {
    const { arn, url } = await distribution(await control('always'));
    await letIn(arn);

    const answer = await fetch(url, { headers: { range: 'bytes=1-3' } });

    expect([answer.status, await answer.text()]).toEqual([206, 'EXT']);
  });

  it.each([
    ['another distribution', { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${accountId}:distribution/EOTHER` } }],
    ['what local mode cannot know', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }],
  ])('is closed where its policy lets %s in', async (_whom, condition) => {
    const { arn, url } = await distribution(await control('always'));
    await letIn(arn, condition);

    expect((await fetch(url)).status).toBe(403);
  });

  it('is closed to requests that are not signed', async () => {
    const { arn, url } = await distribution(await control('never'));
    await letIn(arn);

    const answers = await Promise.all([url, `${gateway.settings.endpoint}/${bucket}/a/b%20c+(1).m3u8`].map((asked) => fetch(asked)));

    for (const { status } of answers) expect([403, 404]).toContain(status);
  });

  it('does not tell whether an object is there', async () => {
    const { arn, url } = await distribution(await control('always'));
    await letIn(arn);

    expect((await fetch(url.replace('/a/', '/none/'))).status).toBe(403);
  });

  it('rejects an access control that does not exist', async () => {
    await expect(client.send(new CreateDistributionCommand({ DistributionConfig: inFrontOf('none') }))).rejects.toBeInstanceOf(InvalidOriginAccessControl);
  });
});
