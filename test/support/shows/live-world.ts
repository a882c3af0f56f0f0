import { showDefinition } from '../../../lib/constructs/control/show-workflow/show-definition.ts';
import { hardStop, recoverShow } from '../../../lambda/domain/breakouts/show/hard-stop.ts';
import type { Show, ShowExecutions, StopSignal } from '../../../lambda/domain/breakouts/show-executions.ts';
import { hasEnded } from '../../../lambda/domain/breakouts/transition.ts';
import { DomainError, UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { observeChannel } from '../../../lambda/domain/usage/observe-channel.ts';
import type { Engine } from '../../../local/services/states/engine/engine.ts';
import type { FunctionOutcome } from '../../../local/services/states/engine/function-invoker.ts';
import type { Json } from '../../../local/runtime/state/collection.ts';
import { manualClock } from '../manual-clock.ts';
import { statesHarness, throwing } from '../states-harness.ts';
import { memoryPriceTerms } from '../usage/memory-price-terms.ts';
import { memoryCamSources } from '../usage/memory-cam-sources.ts';
import { memoryMetricRechecks } from '../usage/memory-metric-rechecks.ts';
import { memoryMetricReadings } from '../usage/memory-metric-readings.ts';
import { memoryHoldingStore } from '../usage/memory-holding-store.ts';
import { memoryChannelTurns, memoryOnDemandTraffic } from '../usage/memory-overheads.ts';
import { memoryUsageStore } from '../usage/memory-usage-store.ts';
import { aMinuteSeries } from '../usage/minute-series.ts';
import { aPriceBook } from '../usage/a-price-book.ts';
import { aPipeline } from './a-plan.ts';
import { showTasksOf } from './show-tasks.ts';
import { showWorld } from './show-world.ts';
import { simulatedChannels } from './simulated-channels.ts';

const names = ['showChannel', 'showState', 'showEdge', 'conversion', 'metering'] as const;
const functionArns = { showChannel: names[0], showState: names[1], showEdge: names[2], conversion: names[3], metering: names[4] };

const pipelineOf = (pipelineId: string, channelId: string) => {
  const { channel, packaging } = aPipeline();
  const channelArn = `arn:aws:medialive:us-east-1:123456789012:channel:${channelId}`;
  return aPipeline({
    pipelineId,
    channel: { ...channel, channelId, channelArn, inputSecurityGroup: { groupId: `isg-${channelId}`, allowedSources: ['198.51.100.0/24'] } },
    packaging: { ...packaging, channelId: pipelineId },
    delivery: { distributionId: `E-${pipelineId}`, baseUrl: 'https://d111.cloudfront.net' },
    archive: { bucket: 'archive', keyPrefix: `${pipelineId}/archive`, rolloverSeconds: 300 },
  });
};

const errorNames: Readonly<Record<DomainError['kind'], string>> = { Unavailable: 'Unavailable', Conflict: 'Conflict', NotFound: 'NotFound', NotAllowed: 'NotAllowed', InvalidInput: 'InvalidInput' };

const roleArn = 'arn:aws:iam::123456789012:role/show';

/** Shows' executions and the ends of their waits on an engine, as Step Functions keeps them. */
const engineExecutions = (engine: () => Engine): { readonly executions: ShowExecutions; readonly stopSignal: StopSignal } => {
  const nameOf = ({ breakoutId, attempt }: Show): string => `${breakoutId}-${attempt}`;
  const arnOf = (name: string): string => `arn:aws:states:us-east-1:123456789012:execution:show:${name}`;
  const statusOf = (name: string): string | undefined => engine().executions.get(arnOf(name))?.status;
  const begin = async (name: string, input: Json): Promise<void> => {
    if (statusOf(name) !== undefined) return;
    const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:show';
    engine().start({ arn: arnOf(name), name, stateMachineArn, stateMachineName: 'show', revisionId: 'show', roleArn, input: JSON.stringify(input) });
  };
  const recoveryName = (show: Show): string => Array.from({ length: 50 }, (_, index) => `${nameOf(show)}-recovery-${index}`).find((name) => [undefined, 'RUNNING'].includes(statusOf(name)))!;
  return {
    executions: {
      start: ({ breakoutId, attempt }) => begin(nameOf({ breakoutId, attempt }), { breakoutId, attempt }),
      recover: ({ breakoutId, attempt }) => begin(recoveryName({ breakoutId, attempt }), { breakoutId, attempt, isRecovery: true }),
      isRunning: async (show) => statusOf(nameOf(show)) === 'RUNNING' || statusOf(recoveryName(show)) === 'RUNNING',
    },
    stopSignal: {
      async complete(token) {
        if (engine().standing(token) === 'open') engine().succeed(token, {});
      },
    },
  };
};

/** What meters read: a minute of each metric, and nothing logged or stored. */
const meteringOf = (usage: ReturnType<typeof memoryUsageStore>) => ({
  usage,
  holdings: memoryHoldingStore(),
  onDemand: memoryOnDemandTraffic(),
  terms: memoryPriceTerms(),
  books: { latest: async () => aPriceBook(), get: async () => aPriceBook(), inForce: async () => aPriceBook() },
  recordings: { get: async () => undefined },
  cam: memoryCamSources(),
  readings: memoryMetricReadings(),
  rechecks: memoryMetricRechecks(),
  metrics: { sumsByMinute: async (_region: string, metrics: readonly object[], window: { from: number; to: number }) => metrics.map(() => aMinuteSeries(window)) },
  logs: { rows: async () => [] },
  objects: { list: async () => [] },
  recordingsBucket: 'recordings',
  recordingsColdDays: 0,
  pricedRegion: 'us-east-1',
});

/** Whether it could be done; not yet where a service asks for patience. */
const untilIdle = async (act: () => Promise<unknown>): Promise<boolean> => {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof UnavailableError) return false;
    throw error;
  }
};

/**
 * Shows as they run: the state machine as it is deployed, its tasks on the domain with everything in memory, channels
 * that take their time, and a clock that moves when told. `hears` tells whether the channels' events arrive.
 */
export const liveWorld = ({ hears = true }: { readonly hears?: boolean } = {}) => {
  const clock = manualClock(Date.parse('2026-11-23T09:55:00.000Z'));
  const pipelines = [pipelineOf('pl_main', '1'), pipelineOf('pl_spare', '2')];
  const world = showWorld(pipelines);
  const channels = simulatedChannels(clock, (channelId, state) => {
    const channelArn = pipelines.find(({ channel }) => channel.channelId === channelId)!.channel.channelArn;
    if (hears) void observeChannel(deps)({ channelArn, state, at: new Date(clock.now()).toISOString() });
  });
  const usage = memoryUsageStore();
  const { executions, stopSignal } = engineExecutions(() => harness.engine);
  const deps = { ...world.deps, turns: memoryChannelTurns(), channels: channels.control, executions, stopSignal, now: () => clock.now() };
  const perform = showTasksOf(deps, { ...deps, ...meteringOf(usage), now: () => new Date(clock.now()) });
  const harness = statesHarness({
    clock,
    invoke: async ({ payload }): Promise<Json | FunctionOutcome> => {
      try {
        return JSON.parse(JSON.stringify((await perform(payload)) ?? {}));
      } catch (error) {
        return error instanceof DomainError ? throwing(errorNames[error.kind], `${error.code}: ${error.message}`) : throwing('Error', String(error));
      }
    },
  });
  harness.engine.revisions.put('show', { definition: JSON.stringify(showDefinition({ functionArns, pollSeconds: 5, settlePollSeconds: 5 })), roleArn });
  /** The one-time schedules, which fire once and are retried until they succeed. */
  const fireHardStops = async (): Promise<void> => {
    for (const [breakoutId, at] of [...world.hardStopTimes]) {
      if (clock.now() >= Date.parse(at) && (await untilIdle(() => hardStop(deps)(breakoutId)))) world.hardStopTimes.delete(breakoutId);
    }
  };
  const breakoutIds = (): readonly string[] => [...new Set(world.plans.written.map(({ breakoutId }) => breakoutId))];
  return {
    ...world, deps, clock, channels, usage, harness, breakoutIds,
    /** Lets time pass. */
    pass: async (seconds: number): Promise<void> => {
      for (let left = seconds; left > 0; left -= 60) {
        await clock.advance(Math.min(60, left) * 1000);
        await fireHardStops();
      }
    },
    /** All executions that are alive die. */
    kill: (): void => {
      for (const [arn, { status }] of [...harness.engine.executions.entries()]) if (status === 'RUNNING') harness.engine.abort(arn);
    },
    /** What a reconciler does about lost executions: of whoever holds a pipeline, and of who has ended and is not final. */
    reconcile: async (): Promise<void> => {
      for (const { pipelineId } of pipelines) {
        const hold = await deps.holds.get(pipelineId);
        if (hold !== undefined && !(await executions.isRunning(hold))) await untilIdle(() => recoverShow(deps)(hold));
      }
      for (const breakoutId of breakoutIds()) {
        const breakout = await world.breakout(breakoutId);
        const isOpen = hasEnded(breakout) && breakout.finalisedAt === undefined;
        if (isOpen && !(await executions.isRunning(breakout))) await untilIdle(() => recoverShow(deps)(breakout));
      }
    },
  };
};

export type LiveWorld = ReturnType<typeof liveWorld>;
