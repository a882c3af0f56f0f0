import type { ProPipeline } from '../pipelines/pipeline.ts';
import { secondsAfter, timestamp, millisecondsOf } from '../shared/time.ts';
import type { ChannelTurns } from '../usage/overheads/unheld-runs.ts';
import { type ChannelStateSeen, observeChannel, type ObservationResult } from '../usage/observe-channel.ts';
import { alertEntry, type AlertFact, inputChangeEntry } from './channel-facts.ts';
import { findHeldChannel, type HeldChannelDeps } from './held-channel.ts';
import { settleLog, type SettleLogDeps, type ToldEntry } from './settle-log.ts';

/** What hearing of channels needs. */
export interface HearEventsDeps extends SettleLogDeps, HeldChannelDeps<ProPipeline> {
  readonly pipelines: SettleLogDeps['pipelines'] & HeldChannelDeps<ProPipeline>['pipelines'];
  readonly turns: Pick<ChannelTurns, 'note'>;
}

/** What became of an event: `known` = it was told before. */
export type HearingOutcome = 'noted' | 'known' | 'unknown-channel' | 'held-by-nobody' | 'after-the-run' | 'as-it-was';

// What a channel says as it ends comes with its end or a moment later.
const partingSeconds = 60;

const tell = async (deps: HearEventsDeps, isMeant: (pipeline: ProPipeline) => boolean, entry: ToldEntry): Promise<HearingOutcome> => {
  const held = await findHeldChannel(deps)(isMeant, entry.at);
  if (typeof held === 'string') return held;
  const run = await deps.runs.get(held.hold.breakoutId, held.hold.attempt);
  if (run?.ended !== undefined && entry.at > secondsAfter(run.ended.at, partingSeconds)) return 'after-the-run';
  return (await settleLog(deps)(held.hold, [entry])) ? 'noted' : 'known';
};

/** Records that a channel began or ceased to run, and what follows for the log of its show. Repeatable. */
export const hearState =
  (deps: HearEventsDeps) =>
  async (seen: ChannelStateSeen): Promise<ObservationResult['outcome']> => {
    const result = await observeChannel(deps)(seen);
    if (result.outcome !== 'recorded') return result.outcome;
    const { accountId } = await deps.breakouts.get(result.show.breakoutId);
    await settleLog(deps)({ ...result.show, accountId }, []);
    return result.outcome;
  };

/** Notes an alert of a channel in the log of the show that had it then. Repeatable. */
export const hearAlert =
  (deps: HearEventsDeps) =>
  (channelArn: string, alert: AlertFact): Promise<HearingOutcome> =>
    tell(deps, ({ channel }) => channel.channelArn === channelArn, alertEntry(alert));

/** A pipeline of a channel that took an input. */
export interface InputChange {
  /** The event's. */
  readonly id: string;
  readonly channelArn: string;
  readonly at: string;
  readonly pipeline: string;
  readonly input: string;
  /** The schedule's action that asked for it; absent = failover. */
  readonly action?: string;
}

// A channel that starts takes its first input, which is no change to tell.
const startingSeconds = 10;

const isFirstInput = async (deps: HearEventsDeps, { channelArn, at, input, action }: InputChange): Promise<boolean> => {
  const held = await findHeldChannel(deps)(({ channel }) => channel.channelArn === channelArn, at);
  if (typeof held === 'string' || action !== undefined || input !== held.pipeline.channel.inputs[0]?.name) return false;
  const started = (await deps.runs.get(held.hold.breakoutId, held.hold.attempt))?.started;
  return started === undefined || timestamp(millisecondsOf(at)) <= secondsAfter(started.at, startingSeconds);
};

/** Notes that a channel's pipeline took another input. Repeatable. */
export const hearInputChange =
  (deps: HearEventsDeps) =>
  async (change: InputChange): Promise<HearingOutcome> => {
    if (await isFirstInput(deps, change)) return 'as-it-was';
    const { channelArn, id, ...rest } = change;
    return tell(deps, ({ channel }) => channel.channelArn === channelArn, inputChangeEntry({ ...rest, id: `event-${id}` }));
  };

/** Something that the packager says. */
export interface PackagerNotice {
  /** The event's. */
  readonly id: string;
  readonly at: string;
  /** Its own word: `InputSwitchEvent`, `IngestError`, `KeyProviderError`, … */
  readonly event: string;
  readonly message: string;
  /** The packager's channel; absent = it did not say. */
  readonly packagingChannelId?: string;
  /** The packager's own id of the endpoint that it speaks of, as in the endpoint's path; absent = it speaks of none. */
  readonly endpointGuid?: string;
}

const noticeEntry = ({ id, at, event, message }: PackagerNotice): ToldEntry => {
  const told = { at: new Date(at).toISOString(), id: `event-${id}` };
  if (event === 'InputSwitchEvent') return { ...told, type: 'INPUT', name: 'FAILED_OVER', message: 'the packager takes its stream from its other ingest endpoint' };
  return { ...told, type: 'ALERT', name: 'SET', alertType: `packager ${event}`, message: `packager ${event}${message === '' ? '' : `: ${message}`}` };
};

// What goes as it should needs no entry.
const quietNotices: readonly string[] = ['IngestStart', 'IngestComplete', 'VodAssetPlayable'];

const isOf = ({ packagingChannelId, endpointGuid }: PackagerNotice) => ({ packaging }: ProPipeline): boolean =>
  packaging.channelId === packagingChannelId ||
  (endpointGuid !== undefined && packaging.endpoints.some(({ path }) => path?.split('/').includes(endpointGuid) === true));

/** Notes what the packager says of its ingest and its key provider. Repeatable. */
export const hearPackager =
  (deps: HearEventsDeps) =>
  async (notice: PackagerNotice): Promise<HearingOutcome> => {
    if (quietNotices.includes(notice.event)) return 'as-it-was';
    return tell(deps, isOf(notice), noticeEntry(notice));
  };
