import { ladders } from '../../lib/config/ladders.ts';
import { pipelineRegistrationSchema } from '../../lambda/contract/pipeline-registration.ts';
import { breakoutCacheHeader } from '../../lambda/contract/viewer-token.ts';
import { aPipelineConfiguration, aStageConfiguration, onlyResourceOf, rendered, resourcesOf, synthesisedTemplates, type Json } from '../support/synthesised-stage.ts';

const templates = synthesisedTemplates(
  aStageConfiguration({
    pipelines: [aPipelineConfiguration(), aPipelineConfiguration({ id: 'pl_small', ladder: 'small', accountId: 'acc_01', name: 'The "small" one' })],
  }),
);
const house = templates['Pipeline-main']!;
const small = templates['Pipeline-small']!;

const encoderOf = (template: typeof house) => onlyResourceOf(template, 'AWS::MediaLive::Channel').Properties['EncoderSettings'];

const registrationOf = (template: typeof house) => {
  const { Value } = onlyResourceOf(template, 'AWS::SSM::Parameter').Properties;
  const deployed = rendered(Value, (reference) => (JSON.stringify(reference).includes('"Url"') ? 'https://0a1b.mediapackage.us-east-1.amazonaws.com/out/v1/0123/index.m3u8' : 'd111.cloudfront.net'));
  return pipelineRegistrationSchema.parse(JSON.parse(deployed));
};

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
    expect(onlyResourceOf(house, 'AWS::MediaLive::Input').Properties).toMatchObject({ Type: 'RTMP_PUSH', Destinations: [{ StreamName: 'live/unassigned' }] });
  });

  it('packages six-second segments in a window of a minute', () => {
    expect(onlyResourceOf(house, 'AWS::MediaPackage::OriginEndpoint').Properties['HlsPackage']).toMatchObject({ SegmentDurationSeconds: 6, PlaylistWindowSeconds: 60 });
  });

  it('runs the edge function on every behaviour', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = onlyResourceOf(house, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'];

    expect(CacheBehaviors.map(({ PathPattern }: Json) => PathPattern)).toEqual(['/t/*.m3u8', '/t/*']);
    for (const behaviour of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(behaviour.FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }]);
      expect(behaviour.ViewerProtocolPolicy).toBe('redirect-to-https');
    }
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
      pipelineId: 'pl_main',
      packaging: { endpoints: [{ format: 'HLS', segmentSeconds: 6, windowSeconds: 60 }] },
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
    for (const type of ['AWS::MediaLive::Channel', 'AWS::MediaLive::Input']) {
      expect(onlyResourceOf(house, type).Properties['Tags']).toEqual({ 'visionstream:stage': 'test', 'visionstream:pipeline': 'pl_main' });
    }
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
  const foundation = templates['Foundation']!;

  it('keeps the breakout in every cache key', () => {
    const policies = resourcesOf(foundation, 'AWS::CloudFront::CachePolicy');

    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      const key = Properties['CachePolicyConfig'].ParametersInCacheKeyAndForwardedToOrigin;
      expect(key.HeadersConfig).toEqual({ HeaderBehavior: 'whitelist', Headers: [breakoutCacheHeader] });
      expect(key.QueryStringsConfig.QueryStrings).toEqual(['m', 'aws.manifestfilter', 'start', 'end']);
    }
  });

  it('holds manifests for seconds and segments for a day', () => {
    const ttls = resourcesOf(foundation, 'AWS::CloudFront::CachePolicy').map(({ Properties: { CachePolicyConfig: { Name, MaxTTL } } }: Json) => [Name, MaxTTL]);

    expect(ttls).toEqual([['test-manifests', 5], ['test-segments', 86_400]]);
  });
});
