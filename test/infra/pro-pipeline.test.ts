import { ladders } from '../../lib/config/ladders.ts';
import { breakoutCacheHeader } from '../../lambda/contract/viewer-token.ts';
import { channelOf, encoderOf, endpointOf, inputsOf, registrationOf } from '../support/pipeline-template.ts';
import { aPipelineConfiguration, aStageConfiguration, onlyResourceOf, rendered, resourcesOf, synthesisedTemplates, type Json } from '../support/synthesised-stage.ts';

const templates = synthesisedTemplates(
  aStageConfiguration({
    pipelines: [aPipelineConfiguration(), aPipelineConfiguration({ id: 'pl_small', ladder: 'small', accountId: 'acc_01', name: 'The "small" one' })],
  }),
);
const house = templates['Pipeline-main']!;
const small = templates['Pipeline-small']!;

describe('a Pro pipeline', () => {
  it.each([
    ['house', house, ladders.house],
    ['small', small, ladders.small],
  ])('encodes every rung of the %s ladder at its rates', (_, template, ladder) => {
    const { VideoDescriptions, AudioDescriptions } = encoderOf(template);

    expect(VideoDescriptions.map(({ Name, Width, Height, CodecSettings: { H264Settings } }: Json) => [Name, Width, Height, H264Settings.Bitrate])).toEqual(
      ladder.rungs.map(({ name, widthPixels, heightPixels, videoBitsPerSecond }) => [name, widthPixels, heightPixels, videoBitsPerSecond]),
    );
    expect(AudioDescriptions.map(({ CodecSettings: { AacSettings } }: Json) => [AacSettings.Bitrate, AacSettings.SampleRate])).toEqual(
      ladder.rungs.map(({ audioBitsPerSecond }) => [audioBitsPerSecond, 48_000]),
    );
  });

  it('has closed two-second groups at a fixed 30 frames a second', () => {
    for (const { CodecSettings } of encoderOf(house).VideoDescriptions) {
      expect(CodecSettings.H264Settings).toMatchObject({ GopSize: 2, GopSizeUnits: 'SECONDS', GopClosedCadence: 1, FramerateControl: 'SPECIFIED', FramerateNumerator: 30, FramerateDenominator: 1 });
    }
  });

  it('packages every rung and archives the best', () => {
    const [packager, archive] = encoderOf(house).OutputGroups;

    expect(packager.Outputs.map(({ VideoDescriptionName }: Json) => VideoDescriptionName)).toEqual(['1080p', '720p', '480p', '240p']);
    expect(archive).toMatchObject({
      OutputGroupSettings: { ArchiveGroupSettings: { RolloverInterval: 300 } },
      Outputs: [{ VideoDescriptionName: '1080p', OutputSettings: { ArchiveOutputSettings: { Extension: 'ts', NameModifier: '-$dt$' } } }],
    });
  });

  it('gives outputs names that are unique in the channel', () => {
    const names = encoderOf(house).OutputGroups.flatMap(({ Outputs }: Json) => Outputs.map(({ OutputName }: Json) => OutputName));

    expect(new Set(names).size).toBe(5);
  });

  it.each([
    ['HD', house],
    ['SD', small],
  ])('declares an AVC input of class %s', (resolution, template) => {
    expect(onlyResourceOf(template, 'AWS::MediaLive::Channel').Properties).toMatchObject({
      ChannelClass: 'SINGLE_PIPELINE',
      InputSpecification: { Codec: 'AVC', Resolution: resolution, MaximumBitrate: 'MAX_10_MBPS' },
    });
  });

  it('lets the declared sources push, and nobody else', () => {
    expect(onlyResourceOf(house, 'AWS::MediaLive::InputSecurityGroup').Properties['WhitelistRules']).toEqual([{ Cidr: '203.0.113.7/32' }]);
    for (const input of inputsOf(house)) expect(input).toMatchObject({ Type: 'RTMP_PUSH', InputSecurityGroups: [{}], Destinations: [{ StreamName: 'live/unassigned' }] });
  });

  it('goes over to its second input when the first is lost, and back', () => {
    const [primary, backup] = channelOf(house)['InputAttachments'];

    expect([primary.InputAttachmentName, backup.InputAttachmentName]).toEqual(['primary', 'backup']);
    expect(primary.AutomaticInputFailoverSettings).toEqual({
      SecondaryInputId: backup.InputId,
      InputPreference: 'PRIMARY_INPUT_PREFERRED',
      ErrorClearTimeMsec: 30_000,
      FailoverConditions: [{ FailoverConditionSettings: { InputLossSettings: { InputLossThresholdMsec: 3000 } } }],
    });
    expect(backup.AutomaticInputFailoverSettings).toBeUndefined();
  });

  it('shows a picture and thumbnails also without input', () => {
    expect(encoderOf(house)).toMatchObject({
      GlobalConfiguration: { InputLossBehavior: { RepeatFrameMsec: 4000, BlackFrameMsec: 1000, InputLossImageType: 'COLOR' } },
      ThumbnailConfiguration: { State: 'AUTO' },
    });
  });

  it('packages every format in six-second segments, a minute long', () => {
    expect(endpointOf(house, 'hls')).toMatchObject({ ManifestName: 'index', HlsPackage: { SegmentDurationSeconds: 6, PlaylistWindowSeconds: 60 } });
    expect(endpointOf(house, 'dash')['DashPackage']).toMatchObject({ SegmentDurationSeconds: 6, ManifestWindowSeconds: 60, SuggestedPresentationDelaySeconds: 18 });
    expect(endpointOf(house, 'mss')['MssPackage']).toEqual({ SegmentDurationSeconds: 6, ManifestWindowSeconds: 60 });
    expect(endpointOf(house, 'cmaf')['CmafPackage']).toMatchObject({ SegmentDurationSeconds: 6, HlsManifests: [{ ManifestName: 'index', PlaylistWindowSeconds: 60 }] });
  });

  it('serves its own distribution and nobody else', () => {
    const [{ OriginCustomHeaders }] = onlyResourceOf(house, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'].Origins;

    for (const { Properties } of resourcesOf(house, 'AWS::MediaPackage::OriginEndpoint')) expect(Properties['Authorization']).toEqual({ CdnIdentifierSecret: {  Ref: expect.any(String) }, SecretsRoleArn: expect.anything() });
    expect(OriginCustomHeaders).toMatchObject([{ HeaderName: 'X-MediaPackage-CDNIdentifier' }]);
  });

  it('runs the edge function on every behaviour', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = onlyResourceOf(house, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'];

    expect(CacheBehaviors.map(({ PathPattern }: Json) => PathPattern)).toEqual(['/t/*.m3u8', '/t/*.mpd', '/t/*.ism/Manifest', '/t/*.ism/*', '/t/*']);
    for (const behaviour of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(behaviour.FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }]);
      expect(behaviour.ViewerProtocolPolicy).toBe('redirect-to-https');
    }
  });

  it('holds manifests of every format for seconds and the rest for a day', () => {
    const { CacheBehaviors } = onlyResourceOf(house, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'];
    const policies: readonly string[] = CacheBehaviors.map(({ CachePolicyId }: Json) => JSON.stringify(CachePolicyId));

    expect(policies.map((policy) => /(Manifest|Segment)Caching/.exec(policy)?.[1])).toEqual(['Manifest', 'Manifest', 'Manifest', 'Segment', 'Segment']);
  });

  it('keeps errors for a second, so that early viewers see the first segment', () => {
    const { CustomErrorResponses } = onlyResourceOf(house, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'];

    expect(CustomErrorResponses).toContainEqual({ ErrorCode: 404, ErrorCachingMinTTL: 1 });
  });

  it('logs every request below the pipeline\'s own prefix', () => {
    expect(onlyResourceOf(house, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'].Logging).toMatchObject({ Prefix: 'pl_main/', IncludeCookies: false });
  });

  it('registers what its contract says, and nothing longer than a parameter holds', () => {
    const registration = registrationOf(house);

    expect(registration).toMatchObject({
      schemaVersion: 2,
      pipelineId: 'pl_main',
      channel: {
        class: 'SINGLE_PIPELINE',
        inputs: [{ name: 'primary', type: 'RTMP_PUSH' }, { name: 'backup', type: 'RTMP_PUSH' }],
        failover: { preference: 'PRIMARY_INPUT_PREFERRED', errorClearMilliseconds: 30_000, inputLossMilliseconds: 3000 },
        inputSecurityGroup: { allowedSources: ['203.0.113.7/32'] },
      },
      delivery: { baseUrl: 'https://d111.cloudfront.net' },
      archive: { keyPrefix: 'pl_main/show' },
    });
    expect(registration.channel.outputs.map(({ name, heightPixels }) => [name, heightPixels])).toEqual([
      ['packager-1080p', 1080],
      ['packager-720p', 720],
      ['packager-480p', 480],
      ['packager-240p', 240],
      ['archive-1080p', 1080],
    ]);
    expect(JSON.stringify(registration).length).toBeLessThan(4096);
  });

  it('registers every format, and where it is if CloudFormation can tell', () => {
    const settings = { segmentSeconds: 6, windowSeconds: 60, startOverSeconds: 0, isEncrypted: false };
    const { endpoints } = registrationOf(house).packaging;

    expect(endpoints).toMatchObject(['HLS', 'DASH', 'MSS', 'CMAF'].map((format) => ({ format, ...settings })));
    expect(endpoints.map(({ originUrl }) => originUrl !== undefined)).toEqual([true, true, true, false]);
  });

  it('registers a reserved pipeline for its account', () => {
    expect(registrationOf(small)).toMatchObject({ accountId: 'acc_01', name: 'The "small" one' });
  });

  it('archives where it has registered', () => {
    const [, archive] = onlyResourceOf(house, 'AWS::MediaLive::Channel').Properties['Destinations'];

    expect(rendered(archive.Settings[0].Url, () => 'bucket')).toBe('s3ssl://bucket/pl_main/show');
  });

  it('exports nothing', () => {
    expect(house.Outputs).toBeUndefined();
  });

  it('carries the tags by which roles reach it', () => {
    const tags = { 'visionstream:stage': 'test', 'visionstream:pipeline': 'pl_main' };
    const listed = (list: Json) => Object.fromEntries(list.map(({ Key, Value }: Json) => [Key, Value]));

    for (const type of ['AWS::MediaLive::Channel', 'AWS::MediaLive::Input', 'AWS::MediaLive::InputSecurityGroup']) for (const { Properties } of resourcesOf(house, type)) expect(Properties['Tags']).toEqual(tags);
    for (const type of ['AWS::MediaPackage::OriginEndpoint', 'AWS::CloudFront::Distribution']) for (const { Properties } of resourcesOf(house, type)) expect(listed(Properties['Tags'])).toEqual(tags);
  });
});

describe('a pipeline of a stage with a domain', () => {
  const delivery = { domainName: 'live.example.com', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1234' };
  const template = synthesisedTemplates(aStageConfiguration({ delivery }))['Pipeline-main']!;

  it('is reached at a name of its own with TLS 1.2 at least', () => {
    expect(onlyResourceOf(template, 'AWS::CloudFront::Distribution').Properties['DistributionConfig']).toMatchObject({
      Aliases: ['main.live.example.com'],
      ViewerCertificate: { AcmCertificateArn: delivery.certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    expect(registrationOf(template).delivery.baseUrl).toBe('https://main.live.example.com');
  });
});

describe('what pipelines share', () => {
  const policies = resourcesOf(templates['Foundation']!, 'AWS::CloudFront::CachePolicy').map(({ Properties }) => Properties['CachePolicyConfig']);
  const ofPipelines = policies.filter(({ Name }) => Name !== 'test-recordings');

  it('keeps the breakout in every cache key', () => {
    expect(ofPipelines).toHaveLength(2);
    for (const { ParametersInCacheKeyAndForwardedToOrigin: key } of ofPipelines) {
      expect(key.HeadersConfig).toEqual({ HeaderBehavior: 'whitelist', Headers: [breakoutCacheHeader] });
      expect(key.QueryStringsConfig.QueryStrings).toEqual(['m', 'aws.manifestfilter', 'start', 'end']);
    }
  });

  it('holds manifests for seconds and segments for a day', () => {
    const ttls = ofPipelines.map(({ Name, MaxTTL }) => [Name, MaxTTL]);

    expect(ttls).toEqual([['test-manifests', 5], ['test-segments', 86_400]]);
  });
});
