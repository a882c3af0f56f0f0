import { channelOf, encoderOf, endpointOf, inputsOf, pipelineTemplates, registrationOf } from '../support/pipeline-template.ts';
import { rendered, resourcesOf, type Json } from '../support/synthesised-stage.ts';

const allowedSources = ['203.0.113.7/32'];
const vpc = { type: 'VPC' as const, subnetIds: ['subnet-0a', 'subnet-0b'], securityGroupIds: ['sg-0a'] };
const conditions = { videoBlack: { thresholdMilliseconds: 2000 }, audioSilence: { thresholdMilliseconds: 5000 } };
const rung = (index: number) => ({ name: `rung-${index}`, widthPixels: 1280, heightPixels: 720, videoBitsPerSecond: 8_000_000 - index * 1_000_000 });

const templateOf = pipelineTemplates({
  standard: { channelClass: 'STANDARD', ladder: 'small' },
  single: { inputs: { count: 1, network: { type: 'PUBLIC', allowedSources } } },
  byhand: { failover: 'BY_HAND' },
  watchful: { failover: { preference: 'EQUAL_INPUT_PREFERENCE', conditions } },
  vpc: { inputs: { type: 'RTP_PUSH', network: vpc } },
  formats: { ladder: 'low-latency', formats: { DASH: { startOverSeconds: 3600 }, CMAF: { windowSeconds: 30 } } },
  custom: { ladder: { rungs: [rung(0)], framesPerSecond: 50, gopSeconds: 1 } },
  greatest: {
    ...{ name: 'x'.repeat(64), accountId: `acc_${'0'.repeat(26)}`, ladder: { rungs: [rung(0), ...[1, 2, 3, 4, 5, 6, 7].map(rung)] } },
    inputs: { network: { type: 'PUBLIC', allowedSources: Array.from({ length: 10 }, (_, index) => `203.0.113.${200 + index}/32`) } },
  },
});

describe('a pipeline of two encoders', () => {
  const template = templateOf('standard');

  it('has inputs of class standard, a stream for each encoder', () => {
    expect(channelOf(template)['ChannelClass']).toBe('STANDARD');
    for (const { Destinations } of inputsOf(template)) expect(Destinations).toEqual([{ StreamName: 'live/unassigned-0' }, { StreamName: 'live/unassigned-1' }]);
  });

  it('feeds one packager and archives two copies below one prefix', () => {
    const [packager, archive] = channelOf(template)['Destinations'];

    expect(packager.MediaPackageSettings).toHaveLength(1);
    expect(archive.Settings.map(({ Url }: Json) => rendered(Url, () => 'bucket'))).toEqual(['s3ssl://bucket/pl_standard/show', 's3ssl://bucket/pl_standard/show-copy']);
  });

  it('bills each output once, at its class', () => {
    const { channel } = registrationOf(template);

    expect(channel).toMatchObject({ class: 'STANDARD', inputClass: { codec: 'AVC', resolution: 'SD', maximumBitrate: 'MAX_10_MBPS' } });
    expect(channel.outputs.map(({ name }) => name)).toEqual(['packager-480p', 'packager-360p', 'packager-240p', 'archive-480p']);
  });
});

describe('a pipeline of one input', () => {
  const template = templateOf('single');

  it('has nothing to go over to', () => {
    const [attachment, ...others] = channelOf(template)['InputAttachments'];

    expect(attachment.InputAttachmentName).toBe('main');
    expect(attachment.AutomaticInputFailoverSettings).toBeUndefined();
    expect(others).toEqual([]);
    expect(registrationOf(template).channel.failover).toBeUndefined();
  });
});

describe('a pipeline that is switched by hand', () => {
  const template = templateOf('byhand');

  it('attaches two inputs without failover', () => {
    const attachments: readonly Json[] = channelOf(template)['InputAttachments'];

    expect(attachments.map(({ InputAttachmentName, AutomaticInputFailoverSettings }) => [InputAttachmentName, AutomaticInputFailoverSettings])).toEqual([['primary', undefined], ['backup', undefined]]);
    expect(registrationOf(template).channel.failover).toBeUndefined();
  });
});

describe('a pipeline that watches its picture and its sound', () => {
  const [primary] = channelOf(templateOf('watchful'))['InputAttachments'];

  it('has a condition for each, on sound that it selects', () => {
    const [{ Name }] = primary.InputSettings.AudioSelectors;

    expect(primary.AutomaticInputFailoverSettings).toMatchObject({
      InputPreference: 'EQUAL_INPUT_PREFERENCE',
      FailoverConditions: [
        { FailoverConditionSettings: { InputLossSettings: { InputLossThresholdMsec: 3000 } } },
        { FailoverConditionSettings: { VideoBlackSettings: { BlackDetectThreshold: 0.1, VideoBlackThresholdMsec: 2000 } } },
        { FailoverConditionSettings: { AudioSilenceSettings: { AudioSelectorName: Name, AudioSilenceThresholdMsec: 5000 } } },
      ],
    });
  });
});

describe('a pipeline in a VPC', () => {
  const template = templateOf('vpc');

  it('lets the VPC\'s security groups decide who pushes', () => {
    expect(resourcesOf(template, 'AWS::MediaLive::InputSecurityGroup')).toEqual([]);
    for (const input of inputsOf(template)) {
      expect(input).toMatchObject({ Type: 'RTP_PUSH', Vpc: { SubnetIds: vpc.subnetIds, SecurityGroupIds: vpc.securityGroupIds }, RoleArn: {} });
      expect(input['Destinations']).toBeUndefined();
    }
    expect(registrationOf(template).channel).not.toHaveProperty('inputSecurityGroup');
  });
});

describe('a pipeline with formats of its own', () => {
  const template = templateOf('formats');

  it('packages those alone, as they say', () => {
    expect(resourcesOf(template, 'AWS::MediaPackage::OriginEndpoint')).toHaveLength(2);
    expect(endpointOf(template, 'dash')).toMatchObject({ StartoverWindowSeconds: 3600, DashPackage: { SegmentDurationSeconds: 2 } });
    expect(endpointOf(template, 'cmaf')['CmafPackage']).toMatchObject({ SegmentDurationSeconds: 2, HlsManifests: [{ PlaylistWindowSeconds: 30 }] });
    expect(registrationOf(template).packaging.endpoints).toMatchObject([{ format: 'DASH', startOverSeconds: 3600 }, { format: 'CMAF', windowSeconds: 30 }]);
  });
});

describe('a pipeline of a ladder of one\'s own', () => {
  it('encodes at the rate and in the groups that it declares', () => {
    const { VideoDescriptions } = encoderOf(templateOf('custom'));

    expect(VideoDescriptions).toMatchObject([{ Width: 1280, CodecSettings: { H264Settings: { FramerateNumerator: 50, GopSize: 1 } } }]);
  });

  it('fits its parameter with eight rungs and ten sources', () => {
    expect(JSON.stringify(registrationOf(templateOf('greatest'))).length).toBeLessThan(4096);
  });
});
