import type {
  ChannelLatencyMode, ChannelType, ContainerFormat, RecordingConfigurationState, RenditionConfiguration, StreamEvent, StreamSession, ThumbnailConfiguration, TranscodePreset,
} from '@aws-sdk/client-ivs';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

type Tags = Readonly<Record<string, string>>;

/** What a channel declares. */
export interface ChannelDeclaration {
  readonly name: string;
  readonly type: ChannelType;
  readonly latencyMode: ChannelLatencyMode;
  readonly containerFormat: ContainerFormat;
  /** Whether playback needs a token. */
  readonly authorized: boolean;
  readonly insecureIngest: boolean;
  /** Absent on BASIC and STANDARD. */
  readonly preset?: TranscodePreset;
  /** Absent where nothing is recorded. */
  readonly recordingConfigurationArn?: string;
}

/** A channel as it is kept. */
export interface ChannelRecord extends ChannelDeclaration {
  readonly id: string;
  readonly tags: Tags;
}

/** A stream key as it is kept. */
export interface StreamKeyRecord {
  readonly id: string;
  readonly channelId: string;
  readonly value: string;
  readonly tags: Tags;
}

/** A playback key pair as it is kept: the public half. */
export interface KeyPairRecord {
  readonly id: string;
  readonly name: string;
  /** PEM of an ECDSA P-384 key. */
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly tags: Tags;
}

/** A recording configuration as it is kept. */
export interface RecordingConfigurationRecord {
  readonly id: string;
  readonly name: string;
  readonly bucketName: string;
  readonly state: RecordingConfigurationState;
  readonly reconnectWindowSeconds: number;
  readonly thumbnails: ThumbnailConfiguration;
  readonly renditions: RenditionConfiguration;
  readonly tags: Tags;
}

/** Up to which version the sessions of a channel's viewer are revoked. */
export interface RevocationRecord {
  readonly channelId: string;
  readonly viewerId: string;
  readonly version: number;
}

/** An event of a stream session, its time in milliseconds since the epoch. */
export type SessionEvent = Omit<StreamEvent, 'eventTime'> & { readonly at: number };

/** A stream session as it is kept. */
export interface SessionRecord {
  readonly id: string;
  /** As it was when the session began. */
  readonly channel: ChannelRecord;
  /** The channel's recording configuration then. */
  readonly recording?: RecordingConfigurationRecord;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Whether segments can be watched. */
  readonly isLive: boolean;
  readonly hasErrorEvent: boolean;
  readonly ingest?: StreamSession['ingestConfiguration'];
  /** Newest first. */
  readonly events: readonly SessionEvent[];
}

/** What IVS remembers. */
export interface IvsRecords {
  readonly channels: Collection<ChannelRecord>;
  readonly streamKeys: Collection<StreamKeyRecord>;
  readonly keyPairs: Collection<KeyPairRecord>;
  readonly recordingConfigurations: Collection<RecordingConfigurationRecord>;
  /** By channel and viewer. */
  readonly revocations: Collection<RevocationRecord>;
  readonly sessions: Collection<SessionRecord>;
}

/** Opens the records. */
export const openRecords = (state: StateStore): IvsRecords => ({
  channels: state.collection('ivs/channels'),
  streamKeys: state.collection('ivs/stream-keys'),
  keyPairs: state.collection('ivs/playback-key-pairs'),
  recordingConfigurations: state.collection('ivs/recording-configurations'),
  revocations: state.collection('ivs/viewer-session-revocations'),
  sessions: state.collection('ivs/stream-sessions'),
});

/** The stream key of a channel; `undefined` where it was deleted. */
export const streamKeyOf = ({ streamKeys }: IvsRecords, channelId: string): StreamKeyRecord | undefined => [...streamKeys.values()].find((key) => key.channelId === channelId);

/** The sessions of a channel, newest first. */
export const sessionsOf = ({ sessions }: IvsRecords, channelId: string): readonly SessionRecord[] => [...sessions.values()].filter(({ channel }) => channel.id === channelId).reverse();

/** The session that is on now: from the encoder's connection to the end of its stream. */
export const openSessionOf = (records: IvsRecords, channelId: string): SessionRecord | undefined => sessionsOf(records, channelId).find(({ endedAt }) => endedAt === undefined);
