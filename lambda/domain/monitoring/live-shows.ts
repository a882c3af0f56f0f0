import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { ShowRunStore } from '../breakouts/channel-run-store.ts';
import { inputStatesAfter, type InputStates, strayed } from '../breakouts/log/input-states.ts';
import { inputNamedIn, isInputLoss } from '../breakouts/log/input-loss.ts';
import type { ShowLog, ShowLogEntry } from '../breakouts/log/show-log.ts';
import { camInput } from '../breakouts/read-ingest.ts';
import type { PipelineHolds } from '../pipelines/pipeline-hold.ts';
import type { Pipeline, PipelineRegistry, ProPipeline } from '../pipelines/pipeline.ts';
import { type Caller, isVisible } from '../shared/caller.ts';
import { loggedStream } from './cam/logged-stream.ts';

/** What knowing what runs needs. */
export interface LiveShowsDeps {
  readonly pipelines: Pick<PipelineRegistry, 'list'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly runs: Pick<ShowRunStore, 'get'>;
  readonly log: Pick<ShowLog, 'entries'>;
}

/** How an input is, as far as the log tells. */
export type LoggedInputState = 'ARRIVING' | 'LOST' | 'UNKNOWN';

const lostInputs = ({ channel }: ProPipeline, { alerts }: InputStates): readonly (string | undefined)[] => {
  const names = channel.inputs.map(({ name }) => name);
  return [...alerts.values()].flatMap(({ alertType, message }) => (isInputLoss(alertType) ? [inputNamedIn(message, names)] : []));
};

/** Each input of a show's channel: lost by an alert that is set, arriving by one that was cleared, else unknown. */
export const loggedInputs = (pipeline: ProPipeline, states: InputStates, entries: readonly ShowLogEntry[]): readonly { readonly name: string; readonly state: LoggedInputState }[] => {
  const lost = lostInputs(pipeline, states);
  const hasArrived = (input: string): boolean => entries.some((entry) => entry.type === 'INPUT' && entry.name === 'ACQUIRED' && entry.input === input);
  return pipeline.channel.inputs.map(({ name }) => {
    if (lost.includes(name)) return { name, state: 'LOST' };
    return { name, state: hasArrived(name) && !lost.includes(undefined) ? 'ARRIVING' : 'UNKNOWN' };
  });
};

const liveStatuses = ['STARTING', 'RUNNING', 'STOPPING'] as const;

type LiveStatus = (typeof liveStatuses)[number];

const liveStatusOf = ({ status }: Breakout): LiveStatus | undefined => liveStatuses.find((one) => one === status);

/** A show whose channel starts, runs or stops. */
export interface LiveShow extends Pick<Breakout, 'breakoutId' | 'eventId' | 'accountId' | 'title' | 'pipelineId' | 'startRequestedAt' | 'hardStopAt' | 'stopRequestedAt'> {
  readonly status: LiveStatus;
  readonly runningSince?: string;
  readonly activeInputs: readonly { readonly pipeline: string; readonly input: string }[];
  readonly inputs: ReturnType<typeof loggedInputs>;
  readonly isDegraded: boolean;
}

/** How the inputs of a show that is on or about to be are. */
type InputsOfShow = Pick<LiveShow, 'activeInputs' | 'inputs' | 'isDegraded'>;

const proInputs = (pipeline: ProPipeline, entries: readonly ShowLogEntry[], isRunning: boolean): InputsOfShow => {
  const states = inputStatesAfter(pipeline, entries);
  return {
    activeInputs: isRunning ? [...states.active].map(([id, input]) => ({ pipeline: id, input })) : [],
    inputs: loggedInputs(pipeline, states, entries),
    isDegraded: states.alerts.size > 0 || strayed(pipeline, states).length > 0,
  };
};

const camInputs = (entries: readonly ShowLogEntry[], isRunning: boolean): InputsOfShow => {
  const { state, alerts } = loggedStream(entries);
  const activeInputs = isRunning && state === 'ARRIVING' ? [{ pipeline: '0', input: camInput }] : [];
  return { activeInputs, inputs: [{ name: camInput, state }], isDegraded: state === 'LOST' || alerts.length > 0 };
};

const liveShow = async ({ runs, log }: LiveShowsDeps, pipeline: Pipeline, breakout: Breakout, status: LiveStatus): Promise<LiveShow> => {
  const { breakoutId, attempt } = breakout;
  const [run, all] = await Promise.all([runs.get(breakoutId, attempt), log.entries(breakoutId)]);
  const entries = all.filter((entry) => entry.attempt === attempt);
  const isRunning = run?.started !== undefined && run.ended === undefined;
  return {
    ...whatItIs(breakout),
    status,
    ...(run?.started === undefined ? {} : { runningSince: run.started.at }),
    ...(pipeline.kind === 'CAM' ? camInputs(entries, isRunning) : proInputs(pipeline, entries, isRunning)),
  };
};

const whatItIs = ({ breakoutId, eventId, accountId, title, pipelineId, startRequestedAt, hardStopAt, stopRequestedAt }: Breakout) => ({
  breakoutId,
  eventId,
  accountId,
  title,
  pipelineId,
  ...(startRequestedAt === undefined ? {} : { startRequestedAt }),
  ...(hardStopAt === undefined ? {} : { hardStopAt }),
  ...(stopRequestedAt === undefined ? {} : { stopRequestedAt }),
});

/**
 * The running shows of the caller's account, of all accounts for the operator, by pipeline: found by what pipelines
 * are held for, so that the cost is that of the pipelines and not of all shows ever.
 */
export const listLiveShows =
  (deps: LiveShowsDeps) =>
  async (caller: Caller): Promise<readonly LiveShow[]> => {
    const found = await Promise.all(
      (await deps.pipelines.list()).map(async (pipeline) => {
        const hold = await deps.holds.get(pipeline.pipelineId);
        if (hold === undefined || !isVisible(caller, hold.accountId)) return [];
        const breakout = await deps.breakouts.get(hold.breakoutId);
        const status = liveStatusOf(breakout);
        return status === undefined || breakout.attempt !== hold.attempt ? [] : [await liveShow(deps, pipeline, breakout, status)];
      }),
    );
    return found.flat();
  };
