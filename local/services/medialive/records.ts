import type { ChannelState, CreateChannelRequest, InputAttachment } from '@aws-sdk/client-medialive';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** An input security group as it is kept. */
export interface SecurityGroupRecord {
  readonly id: string;
  readonly cidrs: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** An RTMP push input as it is kept. Its URLs follow from the stream names and the port of this run. */
export interface InputRecord {
  readonly id: string;
  readonly name: string;
  /** `application/instance`; two of them make a STANDARD input. */
  readonly streamNames: readonly string[];
  readonly securityGroupIds: readonly string[];
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

/** An archive object that waits for its upload. */
export interface PendingUpload {
  readonly file: string;
  readonly bucket: string;
  readonly key: string;
  readonly roleArn: string;
  readonly channelId: string;
}

/** What MediaLive remembers. */
export interface MediaLiveRecords {
  readonly securityGroups: Collection<SecurityGroupRecord>;
  readonly inputs: Collection<InputRecord>;
  readonly channels: Collection<ChannelRecord>;
  readonly uploads: Collection<PendingUpload>;
}

/** Opens the records. */
export const openRecords = (state: StateStore): MediaLiveRecords => ({
  securityGroups: state.collection('medialive/input-security-groups'),
  inputs: state.collection('medialive/inputs'),
  channels: state.collection('medialive/channels'),
  uploads: state.collection('medialive/archive-uploads'),
});

/** The channels that an input is attached to: one at most, deleted ones not counted. */
export const channelsOfInput = (records: MediaLiveRecords, inputId: string): readonly ChannelRecord[] =>
  [...records.channels.values()].filter(({ state, declaration }) => state !== 'DELETED' && attachmentsOf(declaration).some(({ InputId }) => InputId === inputId));

const attachmentsOf = ({ InputAttachments }: ChannelDeclaration): readonly InputAttachment[] => InputAttachments ?? [];
