import type { RanChannel } from '../breakouts/channel-run.ts';

/** What a channel does; CHANGING = being created, updated or deleted: neither running nor ready to run. */
export type ChannelState = 'IDLE' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'CHANGING';

/** Starts, stops and observes the channels of pipelines. */
export interface ChannelControl {
  /** @throws NotFoundError, UnavailableError */
  state(channelId: string): Promise<ChannelState>;
  /** The channel as it would run now: every input and every output with its class. @throws NotFoundError, UnavailableError */
  describe(channelId: string): Promise<RanChannel>;
  /** Starts an idle channel; one that starts or runs already stays so. @throws ConflictError in any other state, UnavailableError */
  start(channelId: string): Promise<void>;
  /** Stops a channel; one that stops or is idle already stays so. @throws UnavailableError */
  stop(channelId: string): Promise<void>;
}

/** Where an input takes streams. */
export interface InputEndpoint {
  /** Scheme, host and port: `rtmp://203.0.113.7:1935`. */
  readonly base: string;
}

/** The push inputs of pipelines. */
export interface InputControl {
  /** The endpoints of an input: one, or two where the input is of the standard class. @throws NotFoundError, UnavailableError */
  endpoints(inputId: string): Promise<readonly InputEndpoint[]>;
  /** Gives an input its stream names `<application>/<instance>`, one an endpoint; its channel must be idle. @throws ConflictError, UnavailableError */
  rename(inputId: string, streamNames: readonly string[]): Promise<void>;
}
