import fc from 'fast-check';
import { abortBreakout } from '../../../../lambda/domain/breakouts/abort-breakout.ts';
import { breakoutTransitions } from '../../../../lambda/domain/breakouts/breakout.ts';
import { changePipeline } from '../../../../lambda/domain/breakouts/change-pipeline.ts';
import { extendBreakout } from '../../../../lambda/domain/breakouts/extend-breakout.ts';
import { resetBreakout } from '../../../../lambda/domain/breakouts/reset-breakout.ts';
import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import { stopBreakout } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { DomainError } from '../../../../lambda/domain/shared/errors.ts';
import { bookedShow, createdEvent } from '../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { liveWorld, type LiveWorld } from '../../../support/shows/live-world.ts';

const caller = aCaller();
const pipelineIds = ['pl_main', 'pl_spare'] as const;
const verbs = ['start', 'stop', 'abort', 'reset', 'extend', 'to-spare', 'to-main', 'kill', 'reconcile', 'refuse', 'fall-back', 'mend'] as const;

interface Act {
  readonly verb: (typeof verbs)[number];
  readonly isSecond: boolean;
  readonly seconds: number;
}

const anAct: fc.Arbitrary<Act> = fc.record({
  verb: fc.oneof({ weight: 3, arbitrary: fc.constant('start' as const) }, { weight: 2, arbitrary: fc.constant('to-spare' as const) }, { weight: 5, arbitrary: fc.constantFrom(...verbs) }),
  isSecond: fc.boolean(),
  seconds: fc.constantFrom(0, 3, 17, 40, 240),
});

const perform = async ({ deps, channels, kill, reconcile }: LiveWorld, breakoutId: string, verb: Act['verb']): Promise<unknown> => {
  const show = { caller, breakoutId };
  switch (verb) {
    case 'start': return startBreakout(deps)(show);
    case 'stop': return stopBreakout(deps)(show);
    case 'abort': return abortBreakout(deps)(show);
    case 'reset': return resetBreakout(deps)(show);
    case 'extend': return extendBreakout(deps)({ ...show, endsAt: '2026-11-23T12:30:00.000Z' });
    case 'to-spare': return changePipeline(deps)({ ...show, pipelineId: 'pl_spare' });
    case 'to-main': return changePipeline(deps)({ ...show, pipelineId: 'pl_main' });
    case 'kill': { kill(); return; }
    case 'reconcile': return reconcile();
    case 'refuse': return void (channels.faults.refusesToStart = true);
    case 'fall-back': return void (channels.faults.fallsBack = true);
    case 'mend': return void Object.assign(channels.faults, { refusesToStart: false, fallsBack: false });
  }
};

/** Refusals are answers; everything else is a fault. */
const refusalOf = async (attempt: Promise<unknown>): Promise<void> => {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
};

const aLife = async (acts: readonly Act[], hears: boolean): Promise<LiveWorld> => {
  const world = liveWorld({ hears });
  const { eventId } = await createdEvent(world);
  const one = await bookedShow(world, { eventId });
  const two = await bookedShow(world, { eventId, pipelineId: 'pl_spare', startsAt: '2026-11-23T11:30:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' });
  for (const { verb, isSecond, seconds } of acts) {
    await refusalOf(perform(world, (isSecond ? two : one).breakoutId, verb));
    await world.pass(seconds);
    for (const pipelineId of pipelineIds) {
      const { channel } = await world.deps.pipelines.get(pipelineId);
      if (world.channels.stateOf(channel.channelId) === 'RUNNING') expect(await world.deps.holds.get(pipelineId)).toBeDefined();
    }
  }
  return world;
};

/** Until every hard stop has come and everything has settled. */
const untilTheEnd = async (world: LiveWorld): Promise<void> => {
  await world.pass(3 * 3600);
  for (let rounds = 0; rounds < 4; rounds += 1) {
    await world.reconcile();
    await world.pass(1800);
  }
};

const expectNothingRuns = async (world: LiveWorld): Promise<void> => {
  for (const pipelineId of pipelineIds) {
    const { channel } = await world.deps.pipelines.get(pipelineId);
    expect([pipelineId, world.channels.stateOf(channel.channelId), await world.deps.holds.get(pipelineId)]).toEqual([pipelineId, 'IDLE', undefined]);
    expect(world.groups.get(channel.inputSecurityGroup!.groupId)).toEqual(['198.51.100.0/24']);
  }
  for (const breakoutId of world.breakoutIds()) expect(['SCHEDULED', 'COMPLETED', 'FAILED', 'ABORTED']).toContain((await world.breakout(breakoutId)).status);
};

const runsOf = async (world: LiveWorld) =>
  (await Promise.all(world.breakoutIds().map((breakoutId) => world.deps.runs.list(breakoutId)))).flat().filter(({ started }) => started !== undefined);

const expectDisjointRuns = async (world: LiveWorld): Promise<void> => {
  const runs = await runsOf(world);
  for (const pipelineId of pipelineIds) {
    const intervals = runs.filter((run) => run.pipelineId === pipelineId).map(({ started, ended }) => [started!.at, ended!.at] as const).sort();
    intervals.slice(1).forEach(([from], index) => expect(from >= intervals[index]![1]).toBe(true));
  }
  expect(runs).toHaveLength(world.channels.ran.length);
};

const expectUsageOfEveryRun = async (world: LiveWorld): Promise<void> => {
  for (const breakoutId of world.breakoutIds()) {
    const runs = (await world.deps.runs.list(breakoutId)).filter(({ started }) => started !== undefined);
    if (runs.length === 0) continue;
    const head = (await world.usage.heads(breakoutId))[0]!;
    expect(['FINAL', 'CORRECTED']).toContain(head.status);
    const { items } = await world.usage.lines(head, { limit: 1000 });
    const times = items.filter(({ key }) => key.endsWith('/time'));
    expect(times.map(({ key }) => key).sort()).toEqual(runs.map(({ attempt }) => `streaming/run-${attempt}/time`).sort());
    expect(head.totals.streamingRunMilliseconds).toBe(runs.reduce((sum, { started, ended }) => sum + BigInt(Date.parse(ended!.at) - Date.parse(started!.at)), 0n));
  }
};

const expectLegalHistory = (world: LiveWorld): void => {
  for (const breakoutId of world.breakoutIds()) {
    const versions = world.plans.written.filter((one) => one.breakoutId === breakoutId);
    versions.slice(1).forEach((after, index) => {
      const before = versions[index]!;
      expect(after.revision).toBe(before.revision + 1);
      if (after.status !== before.status) expect(breakoutTransitions[before.status]).toContain(after.status);
      expect(after.attempt).toBeGreaterThanOrEqual(before.attempt);
    });
  }
};

describe('shows that are started, steered and lost in any order', () => {
  it('end with nothing running and every run measured once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 2, maxLength: 9 }), fc.boolean(), async (acts, hears) => {
        const world = await aLife(acts, hears);
        await untilTheEnd(world);

        await expectNothingRuns(world);
        await expectDisjointRuns(world);
        await expectUsageOfEveryRun(world);
        expectLegalHistory(world);
        world.harness.engine.close();
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
