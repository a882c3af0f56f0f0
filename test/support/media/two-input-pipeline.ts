import { CreateChannelCommand, CreateInputCommand, CreateInputSecurityGroupCommand, type AutomaticInputFailoverSettings, type CreateChannelCommandInput, type InputAttachment } from '@aws-sdk/client-medialive';
import { CreateChannelCommand as CreatePackagerCommand, CreateOriginEndpointCommand } from '@aws-sdk/client-mediapackage';
import { aChannel, reaches } from './channel-declaration.ts';
import { archiveBucket, type MediaStage } from './media-stage.ts';

/** What inputs and channels are created on. */
export type MediaLiveStage = Pick<MediaStage, 'mediaLive' | 'until'>;

/** What a pipeline with two inputs is made of. */
export interface TwoInputPipeline {
  readonly channelId: string;
  readonly primaryId: string;
  readonly backupId: string;
  readonly securityGroupId: string;
  readonly packagerId: string;
  /** The manifest at the origin. */
  readonly url: string;
}

/** How a pipeline with two inputs differs from the platform's default. */
export interface TwoInputOptions {
  readonly channelClass?: 'SINGLE_PIPELINE' | 'STANDARD';
  readonly type?: 'RTMP_PUSH' | 'RTP_PUSH';
  /** `null` for inputs that are switched by hand alone. */
  readonly failover?: Partial<AutomaticInputFailoverSettings> | null;
  readonly packagerId?: string;
  readonly encoder?: Partial<NonNullable<CreateChannelCommandInput['EncoderSettings']>>;
}

const inputLoss = (InputLossThresholdMsec: number) => ({ FailoverConditionSettings: { InputLossSettings: { InputLossThresholdMsec } } });

/** The platform's default: back to the primary once it has been healthy for the clear time. */
export const defaultFailover = { InputPreference: 'PRIMARY_INPUT_PREFERRED', ErrorClearTimeMsec: 30_000, FailoverConditions: [inputLoss(3000)] } as const satisfies Partial<AutomaticInputFailoverSettings>;

const attachment = (name: string, InputId: string, failover?: AutomaticInputFailoverSettings): InputAttachment => ({
  InputAttachmentName: name, InputId, InputSettings: { AudioSelectors: [{ Name: 'default' }] }, ...(failover === undefined ? {} : { AutomaticInputFailoverSettings: failover }),
});

/** A declaration with the inputs `primary` and `backup`. */
export const aTwoInputChannel = (primaryId: string, backupId: string, { channelClass = 'SINGLE_PIPELINE', failover, packagerId = 'stage', encoder = {} }: TwoInputOptions = {}): CreateChannelCommandInput => {
  const channel = aChannel(primaryId, packagerId);
  const urls = [`s3ssl://${archiveBucket}/live/a`, ...(channelClass === 'STANDARD' ? [`s3ssl://${archiveBucket}/live/b`] : [])];
  return {
    ...channel, ChannelClass: channelClass,
    InputAttachments: [attachment('primary', primaryId, failover === null ? undefined : { ...defaultFailover, ...failover, SecondaryInputId: failover?.SecondaryInputId ?? backupId }), attachment('backup', backupId)],
    Destinations: [channel.Destinations![0]!, { Id: 'archive', Settings: urls.map((Url) => ({ Url })) }],
    EncoderSettings: { ...channel.EncoderSettings!, ...encoder },
  };
};

/** The stream names of an input: one source for each pipeline. */
const streamNames = (input: string, channelClass: TwoInputOptions['channelClass']): string[] =>
  ['a', ...(channelClass === 'STANDARD' ? ['b'] : [])].map((source) => `${input}/${source}`);

/** Creates an input that takes what comes from this machine. */
export const createInput = async (stage: MediaLiveStage, name: string, securityGroupId: string, { type = 'RTMP_PUSH', channelClass }: TwoInputOptions = {}): Promise<string> => {
  const Destinations = type === 'RTMP_PUSH' ? { Destinations: streamNames(name, channelClass).map((StreamName) => ({ StreamName })) } : {};
  const { Input } = await stage.mediaLive.send(new CreateInputCommand({ Name: name, Type: type, InputSecurityGroups: [securityGroupId], ...Destinations }));
  return Input!.Id!;
};

/** Creates a security group that admits this machine. */
export const createSecurityGroup = async (stage: MediaLiveStage, cidr = '127.0.0.1/32'): Promise<string> =>
  (await stage.mediaLive.send(new CreateInputSecurityGroupCommand({ WhitelistRules: [{ Cidr: cidr }] }))).SecurityGroup!.Id!;

/** Creates everything but a packager, and waits until the channel is IDLE. */
export const createTwoInputChannel = async (stage: MediaLiveStage, options: TwoInputOptions = {}): Promise<Omit<TwoInputPipeline, 'url' | 'packagerId'>> => {
  const securityGroupId = await createSecurityGroup(stage);
  const primaryId = await createInput(stage, 'primary', securityGroupId, options);
  const backupId = await createInput(stage, 'backup', securityGroupId, options);
  const { Channel } = await stage.mediaLive.send(new CreateChannelCommand(aTwoInputChannel(primaryId, backupId, options)));
  await reaches(stage, Channel!.Id!, 'IDLE');
  return { channelId: Channel!.Id!, primaryId, backupId, securityGroupId };
};

/** Creates everything and waits until the channel is IDLE. */
export const createTwoInputPipeline = async (stage: MediaStage, options: TwoInputOptions = {}): Promise<TwoInputPipeline> => {
  const { packagerId = 'stage' } = options;
  await stage.mediaPackage.send(new CreatePackagerCommand({ Id: packagerId }));
  const { Url } = await stage.mediaPackage.send(new CreateOriginEndpointCommand({ Id: `${packagerId}-hls`, ChannelId: packagerId, ManifestName: 'index', HlsPackage: { SegmentDurationSeconds: 2, PlaylistWindowSeconds: 60, PlaylistType: 'NONE', ProgramDateTimeIntervalSeconds: 60 } }));
  return { ...(await createTwoInputChannel(stage, options)), packagerId, url: Url! };
};
