import fc from 'fast-check';
import { markStopped } from '../../../../../lambda/domain/breakouts/show/end-show.ts';
import { markStopping } from '../../../../../lambda/domain/breakouts/show/mark-show.ts';
import { checkIdle, stopChannel } from '../../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { stopBreakout } from '../../../../../lambda/domain/breakouts/stop-breakout.ts';
import { timestamp } from '../../../../../lambda/domain/shared/time.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { armedShow } from '../../../../support/shows/cam-world.ts';

/** What an encoder does, what is told of it, what IVS lists, and when somebody looks. */
const steps = {
  connect: ({ ivs }: World) => ivs.connect(),
  dial: ({ ivs }: World) => ivs.dial(),
  goLive: ({ ivs }: World) => ivs.goLive(),
  hangUp: ({ ivs }: World) => ivs.hangUp(),
  disconnect: ({ ivs }: World) => ivs.disconnect(),
  listLate: ({ ivs }: World) => ivs.listLate(),
  catchUp: ({ ivs }: World) => ivs.catchUp(),
  look: (world: World) => world.reconcile(),
  // Events are late by any time, come twice, or never.
  tell: async (world: World, pick: number) => {
    const events = world.ivs.state.sessions.flatMap(({ streamId, events: happened }) => happened.map(({ name, at }) => ({ streamId, name, at })));
    const event = events[pick % Math.max(1, events.length)];
    if (event !== undefined) await world.hear(event.streamId, event.name, event.at);
  },
};

type World = Awaited<ReturnType<typeof armedShow>>;
type Step = keyof typeof steps;

const step = fc.constantFrom<Step>('connect', 'connect', 'disconnect', 'disconnect', 'dial', 'goLive', 'hangUp', 'listLate', 'catchUp', 'look', 'tell', 'tell', 'tell');

const plot = fc.record({
  steps: fc.array(fc.record({ step, seconds: fc.integer({ min: 1, max: 50 }), pick: fc.nat(50) }), { maxLength: 30 }),
  /** What AWS does not tell of itself. */
  stopsWhoConnects: fc.boolean(),
  endsAtOnce: fc.boolean(),
  /** Seconds after the stop at which who connects then goes live; he leaves otherwise. */
  goesLiveAfter: fc.option(fc.integer({ min: 0, max: 55 }), { nil: undefined }),
});

type Plot = typeof plot extends fc.Arbitrary<infer Value> ? Value : never;

/** Time goes on. Whose stream cannot be watched within a minute has gone by then. */
const pass = ({ ivs, clock }: World, seconds: number): void => {
  clock.at += seconds * 1000;
  const waiting = ivs.state.sessions.find(({ isConnected, isLive }) => isConnected === true && !isLive);
  if (waiting !== undefined && clock.at > Date.parse(waiting.startedAt) + 50_000) ivs.disconnect();
};

/** The stop as an execution does it, which looks again until the channel is idle. */
const stop = async (world: World, goesLiveAfter: number | undefined): Promise<void> => {
  const { deps, show, breakoutId, ivs } = world;
  ivs.catchUp();
  await stopBreakout(deps)({ caller: aCaller(), breakoutId });
  await markStopping(deps)(show);
  await stopChannel(deps)(show);
  for (let second = 0; second <= 115; second += 5) {
    if (goesLiveAfter !== undefined && second >= goesLiveAfter) ivs.goLive();
    ivs.end();
    if ((await checkIdle(deps)(show)).status === 'DONE') break;
    pass(world, 5);
  }
  await markStopped(deps)(show);
};

const play = async ({ steps: told, goesLiveAfter, ...behaviour }: Plot) => {
  const world = await armedShow();
  const { ivs, clock } = world;
  Object.assign(ivs.state, behaviour);
  for (const { step: next, seconds, pick } of told) {
    pass(world, seconds);
    await steps[next](world, pick);
  }
  pass(world, 1);
  const stoppedAt = timestamp(clock.at);
  await stop(world, goesLiveAfter);
  clock.at += 60_000;
  await world.reconcile();
  // The next show of the channel has sessions, too.
  clock.at += 600_000;
  await ivs.cams.createKey(world.channelArn);
  ivs.connect();
  await world.hear('st-1', 'Stream End', stoppedAt);
  await world.reconcile();
  return { ...world, truth: ivs.state.sessions.slice(1).toReversed() };
};

describe('the stream sessions of a show', () => {
  it('are those that the service had, whatever was told of them, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(plot, async (told) => {
        const { sessions, truth } = await play(told);

        expect((await sessions()).map(({ streamId, startedAt, endedAt }) => ({ streamId, startedAt, endedAt }))).toEqual(truth.map(({ streamId, startedAt, endedAt }) => ({ streamId, startedAt, endedAt })));
      }),
      { numRuns: 600 },
    );
  });

  it('are noted in the log once each, with their beginnings and ends before the stop', async () => {
    await fc.assert(
      fc.asyncProperty(plot, async (told) => {
        const { log, truth, breakout, breakoutId } = await play(told);
        // The guard of shows that nobody feeds may have been before the encoder.
        const { stopRequestedAt = '' } = await breakout(breakoutId);

        const ids = log.kept.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const begun = truth.filter(({ events }) => events.some(({ name, at }) => name === 'Stream Start' && at < stopRequestedAt));
        expect(log.kept.filter(({ type, name }) => type === 'INPUT' && name === 'ACQUIRED')).toHaveLength(begun.length);
      }),
      { numRuns: 600 },
    );
  });
});
