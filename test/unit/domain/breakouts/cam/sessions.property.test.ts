import fc from 'fast-check';
import { timestamp } from '../../../../../lambda/domain/shared/time.ts';
import { armedShow } from '../../../../support/shows/cam-world.ts';

/** What an encoder does, what is told of it, and when somebody looks. */
const step = fc.oneof(
  { arbitrary: fc.constant('CONNECT' as const), weight: 3 },
  { arbitrary: fc.constant('DISCONNECT' as const), weight: 3 },
  // Events are late by any time, come twice, or never.
  { arbitrary: fc.constant('TELL' as const), weight: 3 },
  { arbitrary: fc.constant('LOOK' as const), weight: 1 },
);

const plot = fc.array(fc.record({ step, seconds: fc.integer({ min: 1, max: 50 }), pick: fc.nat(50) }), { maxLength: 30 });

type Plot = readonly { readonly step: 'CONNECT' | 'DISCONNECT' | 'TELL' | 'LOOK'; readonly seconds: number; readonly pick: number }[];

const play = async (told: Plot) => {
  const world = await armedShow();
  const { ivs, clock } = world;
  for (const { step: next, seconds, pick } of told) {
    clock.at += seconds * 1000;
    if (next === 'CONNECT') ivs.connect();
    if (next === 'DISCONNECT') ivs.disconnect();
    if (next === 'LOOK') await world.reconcile();
    const events = ivs.state.sessions.flatMap(({ streamId, events: happened }) => happened.map(({ name, at }) => ({ streamId, name, at })));
    const event = events[pick % Math.max(1, events.length)];
    if (next === 'TELL' && event !== undefined) await world.hear(event.streamId, event.name, event.at);
  }
  clock.at += 1000;
  await world.stop();
  const stoppedAt = timestamp(clock.at);
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
      { numRuns: 150 },
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
        expect(log.kept.filter(({ type, name }) => type === 'INPUT' && name === 'ACQUIRED')).toHaveLength(truth.filter(({ startedAt }) => startedAt < stopRequestedAt).length);
      }),
      { numRuns: 100 },
    );
  });
});
