import type { ChannelState } from '../pipelines/channel-control.ts';

/** A channel as it is now. */
export interface ChannelLook {
  readonly state: ChannelState;
  /** What each running pipeline takes; empty while none runs. `action` is the schedule's that asked for it. */
  readonly active: readonly { readonly pipeline: string; readonly input: string; readonly action?: string }[];
}

/** An alert as the service lists it. */
export interface ListedAlert {
  readonly alertId: string;
  readonly alertType: string;
  readonly pipeline: string;
  readonly message: string;
  readonly setAt: string;
  /** Absent = it is still set. */
  readonly clearedAt?: string;
}

/** A still of what comes in. */
export interface Thumbnail {
  readonly contentType: string;
  readonly base64: string;
  readonly takenAt: string;
}

/** Looks at channels without touching them. */
export interface ChannelWatch {
  /** @throws NotFoundError, UnavailableError */
  look(channelId: string): Promise<ChannelLook>;
  /** The alerts that are set, or all that are remembered. @throws NotFoundError, UnavailableError */
  alerts(channelId: string, which: 'SET' | 'ALL'): Promise<readonly ListedAlert[]>;
  /** The latest still of a pipeline; undefined when there is none. @throws UnavailableError */
  thumbnail(channelId: string, pipeline: string): Promise<Thumbnail | undefined>;
}
