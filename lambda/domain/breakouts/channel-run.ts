/** What an input of the channel that ran declared: its class on the bill. */
export interface RanInput {
  readonly name: string;
  readonly codec: 'MPEG2' | 'AVC' | 'HEVC';
  readonly resolution: 'SD' | 'HD' | 'UHD';
  readonly maximumBitrate: 'MAX_10_MBPS' | 'MAX_20_MBPS' | 'MAX_50_MBPS';
}

/** An output of the channel that ran, in an output group: every one is billed. */
export interface RanOutput {
  readonly outputGroup: string;
  readonly name: string;
  readonly codec: 'AVC' | 'HEVC';
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
}

/** The channel as it was when it was started, read from the service and frozen. */
export interface RanChannel {
  readonly channelId: string;
  readonly channelArn: string;
  readonly channelClass: 'SINGLE_PIPELINE' | 'STANDARD';
  readonly inputs: readonly RanInput[];
  readonly outputs: readonly RanOutput[];
}

/** When something was so, and who said it: the service's event is exact, a poll is when it was first seen. */
export interface Observed {
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string;
  readonly source: 'EVENT' | 'POLL';
}

/** One interval in which a pipeline was on for a breakout: a Pro pipeline ran, a Cam pipeline was armed. */
export interface ShowRun {
  readonly breakoutId: string;
  readonly attempt: number;
  readonly pipelineId: string;
  /** When it was told to start. */
  readonly requestedAt: string;
  /** Absent while it has not been on. An event overrides a poll; among events the earliest counts. */
  readonly started?: Observed;
  /** Absent while it is on. An event overrides a poll; among events the earliest after `started` counts. */
  readonly ended?: Observed;
  /** When it was last told to stop. */
  readonly stopRequestedAt?: string;
}

/** One interval in which a Pro pipeline's channel ran for a breakout. What its streaming time is measured from. */
export interface ChannelRun extends ShowRun {
  readonly channel: RanChannel;
}

// By so much may the clocks of the service and of who polls differ; an event that is later than a poll by more tells of another change.
const clockSkewMilliseconds = 60_000;

const sawBefore = (poll: Observed, event: Observed): boolean => Date.parse(poll.at) + clockSkewMilliseconds < Date.parse(event.at);

/** The better of two observations of one change: an event before a poll, unless the poll had seen it long before; then the earlier. */
const better = (one: Observed | undefined, other: Observed): Observed => {
  if (one === undefined) return other;
  if (one.source === other.source) return other.at < one.at ? other : one;
  const [event, poll] = one.source === 'EVENT' ? [one, other] : [other, one];
  return sawBefore(poll, event) ? poll : event;
};

const precedes = (ended: Observed, started: Observed | undefined): boolean => started !== undefined && ended.at < started.at;

/** What is known of when a run was on, with what was seen added: see {@link withObservation}. */
export const observedTimes = (run: ShowRun, seen: { readonly started?: Observed; readonly ended?: Observed }): Pick<ShowRun, 'started' | 'ended'> => {
  const started = seen.started === undefined ? run.started : better(run.started, seen.started);
  const ends = [run.ended, seen.ended].flatMap((end) => (end === undefined || precedes(end, started) ? [] : [end]));
  const ended = ends.reduce<Observed | undefined>(better, undefined);
  return { ...(started === undefined ? {} : { started }), ...(ended === undefined ? {} : { ended }) };
};

/**
 * The run with what was seen added: an event overrides a poll that came after it, the earliest counts, and an end before the start is
 * none. Adding the same again changes nothing.
 */
export const withObservation = (run: ChannelRun, seen: { readonly started?: Observed; readonly ended?: Observed }): ChannelRun => {
  const { started: _started, ended: _ended, ...rest } = run;
  return { ...rest, ...observedTimes(run, seen) };
};
