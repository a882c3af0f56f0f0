import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { HardStops, Show, ShowExecutions, StopSignal } from '../../../lambda/domain/breakouts/show-executions.ts';
import type { StreamNames, StreamNameVault } from '../../../lambda/domain/breakouts/stream-names.ts';
import type { ChannelControl, ChannelState, InputControl } from '../../../lambda/domain/pipelines/channel-control.ts';
import type { InputSwitch, InputSwitches } from '../../../lambda/domain/pipelines/input-switches.ts';
import type { Pipeline, ProPipeline } from '../../../lambda/domain/pipelines/pipeline.ts';
import type { SourceControl } from '../../../lambda/domain/pipelines/source-control.ts';
import { notFound } from '../../../lambda/domain/shared/caller.ts';
import { UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { aPipeline, aRequestedRun, newId } from './a-plan.ts';
import { memoryLosses } from './memory-losses.ts';
import { memoryPlans } from './memory-plans.ts';
import { memoryShowLog } from './memory-show-log.ts';
import { memoryIvs } from './memory-ivs.ts';
import { memoryRunsOfAllKinds } from './memory-runs.ts';
import { memoryStreamSessions } from './memory-stream-sessions.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const nameOf = ({ breakoutId, attempt }: Show): string => `${breakoutId}-${attempt}`;

/** The executions of shows, as Step Functions keeps them. */
const fakeExecutions = () => {
  const state = { started: new Set<string>(), recovered: new Set<string>(), dead: new Set<string>(), failsToStart: false };
  const executions: ShowExecutions = {
    async start(show) {
      await turn();
      if (state.failsToStart) throw new UnavailableError({ code: 'states-unavailable', message: 'Step Functions cannot answer now' });
      state.started.add(nameOf(show));
    },
    recover: async (show) => void state.recovered.add(nameOf(show)),
    isRunning: async (show) => state.started.has(nameOf(show)) && !state.dead.has(nameOf(show)),
  };
  return { state, executions };
};

/** One channel, which changes state when the test says so. */
const fakeChannel = () => {
  const state: { current: ChannelState; calls: string[] } = { current: 'IDLE', calls: [] };
  const channels: ChannelControl = {
    state: async () => state.current,
    describe: async () => aRequestedRun().channel,
    async start() {
      state.calls.push('start');
      if (state.current === 'IDLE') state.current = 'STARTING';
    },
    async stop() {
      state.calls.push('stop');
      if (state.current !== 'IDLE') state.current = 'STOPPING';
    },
  };
  return { state, channels };
};

/** Stream names as the vault keeps them. */
const memoryVault = (): StreamNameVault & { readonly kept: Map<string, StreamNames> } => {
  const kept = new Map<string, StreamNames>();
  return {
    kept,
    async keep(breakoutId, proposed) {
      const names = { ...proposed, ...kept.get(breakoutId) };
      kept.set(breakoutId, names);
      return names;
    },
  };
};

/** Pipelines as they are registered. */
export const memoryRegistry = <Found extends Pipeline>(pipelines: readonly Found[]) => ({
  list: async () => pipelines,
  async get(pipelineId: string): Promise<Found> {
    const pipeline = pipelines.find((one) => one.pipelineId === pipelineId);
    if (!pipeline) throw notFound('pipeline', pipelineId);
    return pipeline;
  },
});

/** The pipelines' security groups, which allow at first what the pipelines declare. */
const memorySources = (pipelines: readonly ProPipeline[]) => {
  const groups = new Map(pipelines.flatMap(({ channel: { inputSecurityGroup: group } }) => (group === undefined ? [] : [[group.groupId, group.allowedSources] as const])));
  const sources: SourceControl = {
    allowed: async (groupId) => groups.get(groupId) ?? [],
    allow: async (groupId, allowed) => void groups.set(groupId, allowed),
  };
  return { groups, sources };
};

/** Switches as a channel's schedule takes them: each once. */
const memorySwitches = () => {
  const switched: InputSwitch[] = [];
  const switches: InputSwitches = {
    async switchTo(command) {
      if (!switched.some(({ name }) => name === command.name)) switched.push(command);
    },
    clear: async () => void switched.splice(0),
  };
  return { switched, switches };
};

/** Everything that shows touch, in memory, with a clock that stands still. */
export const showWorld = (pipelines: readonly ProPipeline[] = [aPipeline()]) => {
  const plans = memoryPlans();
  const clock = { at: Date.parse('2026-11-23T09:55:00.000Z') };
  const { state: executionState, executions } = fakeExecutions();
  const { state: channel, channels } = fakeChannel();
  const completed: string[] = [];
  const hardStopTimes = new Map<string, string>();
  const renamed = new Map<string, readonly string[]>();
  const stopSignal: StopSignal = { complete: async (token) => void completed.push(token) };
  const hardStops: HardStops = {
    async set(breakoutId, at) {
      await turn();
      hardStopTimes.set(breakoutId, at);
    },
  };
  const { groups, sources } = memorySources(pipelines);
  const { switched, switches } = memorySwitches();
  const [log, losses] = [memoryShowLog(), memoryLosses()];
  const inputs: InputControl = {
    endpoints: async () => [{ base: 'rtmp://203.0.113.7:1935' }],
    rename: async (inputId, names) => void renamed.set(inputId, names),
  };
  const { channelRuns, camRuns, showRuns } = memoryRunsOfAllKinds();
  const ivs = memoryIvs(() => clock.at);
  let secrets = 0;
  return {
    plans, clock, channel, completed, hardStopTimes, renamed, executionState, groups, switched, log, losses, ivs, showRuns,
    /** The dependencies of every use case. */
    deps: {
      ...plans,
      pipelines: memoryRegistry(pipelines),
      runs: channelRuns,
      channelRuns,
      camRuns,
      sessions: memoryStreamSessions(),
      cams: ivs.cams,
      streams: ivs.streams,
      channels,
      inputs,
      sources,
      switches,
      log,
      losses,
      executions,
      stopSignal,
      hardStops,
      streamNames: memoryVault(),
      newSecret: () => `secret${(secrets += 1)}`,
      newId,
      curtainUnlessTold: 'UP' as const,
      now: () => clock.at,
      settleSeconds: 600,
      startTimeoutSeconds: 300,
      stopTimeoutSeconds: 120,
    },
    setTime: (time: string) => void (clock.at = Date.parse(time)),
    breakout: (breakoutId: string): Promise<Breakout> => plans.breakouts.get(breakoutId),
  };
};

export type ShowWorld = ReturnType<typeof showWorld>;
