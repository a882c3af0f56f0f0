import { viewerNameSecretSchema, viewerSigningSecretSchema } from '../../lambda/contract/viewer-token.ts';
import { edgeFunctionCode } from '../../lib/edge/edge-code.ts';
import { aStageConfiguration, onlyResourceOf, resourcesOf, synthesisedTemplates, type TemplateResource } from '../support/synthesised-stage.ts';

const foundation = synthesisedTemplates()['Foundation']!;

const bucketOf = (id: string): TemplateResource => foundation.Resources[Object.keys(foundation.Resources).find((name) => new RegExp(`^${id}Bucket[0-9A-F]{8}$`).test(name))!]!;

describe('the foundation', () => {
  it('has one table with the keys of its contract', () => {
    expect(onlyResourceOf(foundation, 'AWS::DynamoDB::Table').Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }, { AttributeName: 'SK', KeyType: 'RANGE' }],
      GlobalSecondaryIndexes: [
        { IndexName: 'GSI1', KeySchema: [{ AttributeName: 'GSI1PK', KeyType: 'HASH' }, { AttributeName: 'GSI1SK', KeyType: 'RANGE' }], Projection: { ProjectionType: 'ALL' } },
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('keeps every bucket private', () => {
    const buckets = resourcesOf(foundation, 'AWS::S3::Bucket');

    expect(buckets).toHaveLength(3);
    for (const { Properties } of buckets) expect(Object.values(Properties['PublicAccessBlockConfiguration'])).toEqual([true, true, true, true]);
  });

  it('serves recordings by one distribution, which alone may read the bucket', () => {
    const { DistributionConfig } = onlyResourceOf(foundation, 'AWS::CloudFront::Distribution').Properties;
    const policy = Object.entries(foundation.Resources).find(([id]) => id.startsWith('RecordingsBucketPolicy'))![1].Properties['PolicyDocument'];
    const allowed = policy.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');

    expect(onlyResourceOf(foundation, 'AWS::CloudFront::OriginAccessControl').Properties).toMatchObject({ OriginAccessControlConfig: { OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } });
    expect(DistributionConfig).toMatchObject({ Logging: { Prefix: 'recordings/' }, DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', FunctionAssociations: [{ EventType: 'viewer-request' }] } });
    expect(allowed).toEqual([expect.objectContaining({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' }, Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() as unknown } } })]);
  });

  it('announces access logs on the default bus', () => {
    expect(bucketOf('AccessLogs').Properties).toMatchObject({
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    });
  });

  it('generates keys of the contract\'s shape', () => {
    const [signing, names] = resourcesOf(foundation, 'AWS::SecretsManager::Secret').map(({ Properties }) => {
      const { SecretStringTemplate, GenerateStringKey, PasswordLength } = Properties['GenerateSecretString'];
      return { ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: 'x'.repeat(PasswordLength) };
    });

    expect(viewerSigningSecretSchema.parse(signing)).toHaveProperty(signing.signWith);
    expect(viewerNameSecretSchema.parse(names)).toEqual(names);
  });

  it('deploys the edge function\'s own text', () => {
    expect(resourcesOf(foundation, 'AWS::CloudFront::Function').find(({ Properties }) => /viewer-request$/.test(String(Properties['Name'])))!.Properties).toMatchObject({
      FunctionCode: edgeFunctionCode({ file: 'viewer-request.js', webOrigins: [] }),
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0', KeyValueStoreAssociations: [{}] },
    });
  });

  it('converts in the Basic tier', () => {
    const { AccelerationSettings, SettingsJson } = onlyResourceOf(foundation, 'AWS::MediaConvert::JobTemplate').Properties;
    const [hls, mp4] = SettingsJson.OutputGroups;

    expect(AccelerationSettings).toEqual({ Mode: 'DISABLED' });
    for (const output of [...hls.Outputs, ...mp4.Outputs]) expect(output.VideoDescription.CodecSettings).toMatchObject({ Codec: 'H_264', H264Settings: { QualityTuningLevel: 'SINGLE_PASS' } });
  });

  it('ends converted archive files and cools recordings where the stage says so', () => {
    const { Resources } = synthesisedTemplates(aStageConfiguration({ recordings: { archiveDays: 14, coldStorageDays: 60 } }))['Foundation']!;
    const rulesOf = (name: RegExp) => Object.entries(Resources).find(([id]) => name.test(id))![1].Properties['LifecycleConfiguration'].Rules.slice(1);

    expect(rulesOf(/^ArchiveBucket[0-9A-F]{8}$/)).toEqual([{ Id: 'expire-converted', Status: 'Enabled', ExpirationInDays: 14, TagFilters: [{ Key: 'visionstream:converted', Value: 'true' }] }]);
    expect(rulesOf(/^RecordingsBucket[0-9A-F]{8}$/)).toEqual([{ Id: 'cool-down', Status: 'Enabled', Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 60 }] }]);
  });

  it.each([
    [true, 'Retain'],
    [false, 'Delete'],
  ])('with retainData %s has data with the deletion policy %s', (retainData, policy) => {
    const template = synthesisedTemplates(aStageConfiguration({ retainData }))['Foundation']!;
    const data = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::Cognito::UserPool'].flatMap((type) => resourcesOf(template, type));

    expect(new Set(data.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set([policy]));
  });
});
