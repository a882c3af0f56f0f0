import type { ChannelState, CreateChannelRequest, InputAttachment, ScheduleAction } from '@aws-sdk/client-medialive';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** An input security group as it is kept. */
export interface SecurityGroupRecord {
  readonly id: string;
  readonly cidrs: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A push input as it is kept. RTMP's URLs follow from the stream names and the port of this run, RTP's from the ports. */
export interface InputRecord {
  readonly id: string;
  readonly name: string;
  readonly type: 'RTMP_PUSH' | 'RTP_PUSH';
  /** Of RTMP, `application/instance`: source n is for pipeline n. */
  readonly streamNames: readonly string[];
  /** Of RTP, the port of each endpoint: endpoint n is for pipeline n. */
  readonly ports: readonly number[];
  /** Empty where the input is in a VPC. */
  readonly securityGroupIds: readonly string[];
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  readonly tags: Readonly<Record<string, string>>;
  readonly requestId?: string;
}

/** What a channel declares, as AWS would describe it. */
export type ChannelDeclaration = Pick<
  CreateChannelRequest,
  'ChannelClass' | 'Destinations' | 'EncoderSettings' | 'InputAttachments' | 'InputSpecification' | 'LogLevel' | 'Name' | 'RoleArn'
>;

/** A channel as it is kept. */
export interface ChannelRecord {
  readonly id: string;
  readonly state: ChannelState;
  readonly declaration: ChannelDeclaration;
  readonly tags: Readonly<Record<string, string>>;
  readonly requestId?: string;
}

/** The schedule of a channel, in the order in which actions were created. */
export interface ScheduleRecord {
  readonly actions: readonly ScheduleAction[];
}

/** An archive object that waits for its upload. */
export interface PendingUpload {
  readonly file: string;
  readonly bucket: string;
  readonly key: string;
  readonly roleArn: string;
  readonly channelId: string;
  /** The pipeline that wrote it. */
  readonly pipeline: number;
}

/** What MediaLive remembers. */
export interface MediaLiveRecords {
  readonly securityGroups: Collection<SecurityGroupRecord>;
  readonly inputs: Collection<InputRecord>;
  readonly channels: Collection<ChannelRecord>;
  readonly schedules: Collection<ScheduleRecord>;
  readonly uploads: Collection<PendingUpload>;
}

/** Opens the records. */
export const openRecords = (state: StateStore): MediaLiveRecords => ({
  securityGroups: state.collection('medialive/input-security-groups'),
  inputs: state.collection('medialive/inputs'),
  channels: state.collection('medialive/channels'),
  schedules: state.collection('medialive/schedules'),
  uploads: state.collection('medialive/archive-uploads'),
});

/** One source makes a SINGLE_PIPELINE input, two a STANDARD one; RTP always has two. */
export const inputClassOf = ({ type, streamNames }: InputRecord): 'SINGLE_PIPELINE' | 'STANDARD' =>
  type === 'RTP_PUSH' || streamNames.length === 2 ? 'STANDARD' : 'SINGLE_PIPELINE';

/** The channels that an input is attached to: one at most, deleted ones not counted. */
export const channelsOfInput = (records: MediaLiveRecords, inputId: string): readonly ChannelRecord[] =>
  [...records.channels.values()].filter(({ state, declaration }) => state !== 'DELETED' && attachmentsOf(declaration).some(({ InputId }) => InputId === inputId));

/** The inputs that a channel declares, in its order. */
export const attachmentsOf = ({ InputAttachments }: ChannelDeclaration): readonly InputAttachment[] => InputAttachments ?? [];

/** The name by which a channel knows an input: its attachment's, or the input's id where it has none. */
export const attachmentNameOf = (declaration: ChannelDeclaration, inputId: string): string =>
  attachmentsOf(declaration).find(({ InputId }) => InputId === inputId)?.InputAttachmentName ?? inputId;
