import {
  CreateChannelCommand, CreateInputCommand, CreateInputSecurityGroupCommand, DescribeChannelCommand,
  type CreateChannelCommandInput, type Output, type VideoDescription,
} from '@aws-sdk/client-medialive';
import { CreateChannelCommand as CreatePackagerCommand, CreateOriginEndpointCommand } from '@aws-sdk/client-mediapackage';
import { archiveBucket, channelRoleArn, type MediaStage } from './media-stage.ts';

/** The two rungs that tests encode. */
export const rungs = [
  { name: '360p', width: 640, height: 360, bitrate: 600_000 },
  { name: '240p', width: 426, height: 240, bitrate: 300_000 },
] as const;

const videoDescription = ({ name, width, height, bitrate }: (typeof rungs)[number]): VideoDescription => ({
  Name: name, Width: width, Height: height,
  CodecSettings: {
    H264Settings: {
      Profile: 'HIGH', RateControlMode: 'CBR', Bitrate: bitrate, FramerateControl: 'SPECIFIED', FramerateNumerator: 30, FramerateDenominator: 1,
      GopSize: 2, GopSizeUnits: 'SECONDS', GopClosedCadence: 1, SceneChangeDetect: 'DISABLED', ParControl: 'SPECIFIED', ParNumerator: 1, ParDenominator: 1,
    },
  },
});

const output = (name: string, settings: Output['OutputSettings']): Output => ({ OutputName: `${name}-out`, VideoDescriptionName: name, AudioDescriptionNames: [name], OutputSettings: settings });

/** A channel as the platform's templates declare it, on a small ladder. */
export const aChannel = (inputId: string, packagerId: string, rolloverSeconds = 300): CreateChannelCommandInput => ({
  Name: 'stage', ChannelClass: 'SINGLE_PIPELINE', RoleArn: channelRoleArn, LogLevel: 'WARNING',
  InputSpecification: { Codec: 'AVC', Resolution: 'SD', MaximumBitrate: 'MAX_10_MBPS' },
  InputAttachments: [{ InputAttachmentName: 'main', InputId: inputId, InputSettings: { AudioSelectors: [{ Name: 'default' }] } }],
  Destinations: [
    { Id: 'packager', MediaPackageSettings: [{ ChannelId: packagerId }] },
    { Id: 'archive', Settings: [{ Url: `s3ssl://${archiveBucket}/live/stage` }] },
  ],
  EncoderSettings: {
    TimecodeConfig: { Source: 'SYSTEMCLOCK' },
    VideoDescriptions: rungs.map(videoDescription),
    AudioDescriptions: rungs.map(({ name }) => ({ Name: name, AudioSelectorName: 'default', CodecSettings: { AacSettings: { Bitrate: 96_000, CodingMode: 'CODING_MODE_2_0', Profile: 'LC', RateControlMode: 'CBR', SampleRate: 48_000 } } })),
    OutputGroups: [
      { Name: 'packager', OutputGroupSettings: { MediaPackageGroupSettings: { Destination: { DestinationRefId: 'packager' } } }, Outputs: rungs.map(({ name }) => output(name, { MediaPackageOutputSettings: {} })) },
      {
        Name: 'archive', OutputGroupSettings: { ArchiveGroupSettings: { Destination: { DestinationRefId: 'archive' }, RolloverInterval: rolloverSeconds } },
        Outputs: [output(rungs[0].name, { ArchiveOutputSettings: { ContainerSettings: { M2tsSettings: {} }, Extension: 'ts', NameModifier: '-$dt$' } })],
      },
    ],
  },
});

/** What a pipeline is made of. */
export interface Pipeline {
  readonly inputId: string;
  readonly channelId: string;
  readonly packagerId: string;
  /** The manifest at the origin. */
  readonly url: string;
}

/** Creates security group, input, packager, endpoint and channel, and waits until the channel is IDLE. */
export const createPipeline = async (stage: MediaStage, { streamName = 'live/secret', packagerId = 'stage', segmentSeconds = 6, rolloverSeconds = 300 } = {}): Promise<Pipeline> => {
  const { SecurityGroup } = await stage.mediaLive.send(new CreateInputSecurityGroupCommand({ WhitelistRules: [{ Cidr: '127.0.0.1/32' }] }));
  const { Input } = await stage.mediaLive.send(new CreateInputCommand({ Name: 'main', Type: 'RTMP_PUSH', InputSecurityGroups: [SecurityGroup!.Id!], Destinations: [{ StreamName: streamName }] }));
  await stage.mediaPackage.send(new CreatePackagerCommand({ Id: packagerId }));
  const { Url } = await stage.mediaPackage.send(new CreateOriginEndpointCommand({ Id: `${packagerId}-hls`, ChannelId: packagerId, ManifestName: 'index', HlsPackage: { SegmentDurationSeconds: segmentSeconds, PlaylistWindowSeconds: 60, PlaylistType: 'NONE', ProgramDateTimeIntervalSeconds: 60 } }));
  const { Channel } = await stage.mediaLive.send(new CreateChannelCommand(aChannel(Input!.Id!, packagerId, rolloverSeconds)));
  await reaches(stage, Channel!.Id!, 'IDLE');
  return { inputId: Input!.Id!, channelId: Channel!.Id!, packagerId, url: Url! };
};

/** Waits for a channel's state. */
export const reaches = (stage: Pick<MediaStage, 'mediaLive' | 'until'>, channelId: string, state: string): Promise<void> =>
  stage.until(`channel ${channelId} to be ${state}`, async () => (await stage.mediaLive.send(new DescribeChannelCommand({ ChannelId: channelId }))).State === state, 30_000);
