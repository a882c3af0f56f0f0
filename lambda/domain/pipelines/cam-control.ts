import type { SessionSource } from '../breakouts/cam/stream-session.ts';

/** A stream key. Its value is a secret: whoever knows it can stream. Its ARN is none. */
export interface StreamKey {
  readonly keyArn: string;
  readonly value: string;
}

/** Lets encoders in to the channels of Cam pipelines, and keeps them out. */
export interface CamControl {
  /** The ARN of the channel's stream key; undefined = it has none, so nobody can begin to stream. @throws NotFoundError, UnavailableError */
  keyArn(channelArn: string): Promise<string | undefined>;
  /** Makes the channel's one stream key. @throws ConflictError `stream-key-exists` where it has one, NotFoundError, UnavailableError */
  createKey(channelArn: string): Promise<StreamKey>;
  /** Deletes the channel's stream key. Who streams with it goes on until the stream is stopped. Repeatable. @throws UnavailableError */
  deleteKey(channelArn: string): Promise<void>;
  /** Disconnects the encoder; a channel without a stream stays so. @throws UnavailableError */
  stopStream(channelArn: string): Promise<void>;
}

/** The stream of a channel as it is now. */
export interface StreamNow {
  readonly streamId: string;
  readonly startedAt: string;
  readonly health: 'HEALTHY' | 'STARVING' | 'UNKNOWN';
  readonly viewers: number;
}

/** A session as the service lists it. */
export interface ListedSession {
  readonly streamId: string;
  readonly startedAt: string;
  /** Absent while it goes on. */
  readonly endedAt?: string;
  readonly hasErrors: boolean;
}

/** Something that happened in a session: `Stream Start`, `Recording Start Failure`, … */
export interface SessionEvent {
  readonly name: string;
  /** The event's detail type: `IVS Stream State Change`, … */
  readonly type: string;
  readonly at: string;
  readonly code?: string;
}

/** What the service knows of one session: its last 500 events. */
export interface SessionDetail {
  readonly source?: SessionSource;
  readonly events: readonly SessionEvent[];
}

/** Looks at the streams of Cam pipelines without touching them. */
export interface StreamWatch {
  /** The stream that is live; undefined = none is. @throws NotFoundError, UnavailableError */
  now(channelArn: string): Promise<StreamNow | undefined>;
  /** The session that began last, however long ago; sessions of a channel follow one another. undefined = none that the service remembers. @throws NotFoundError, UnavailableError */
  latest(channelArn: string): Promise<ListedSession | undefined>;
  /** The sessions that began at or after a time, the newest first; the service keeps 60 days. @throws NotFoundError, UnavailableError */
  sessions(channelArn: string, since: string): Promise<readonly ListedSession[]>;
  /** One session; undefined = the service no longer knows it. @throws UnavailableError */
  session(channelArn: string, streamId: string): Promise<SessionDetail | undefined>;
}
