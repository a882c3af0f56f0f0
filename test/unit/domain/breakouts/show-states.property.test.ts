import fc from 'fast-check';
import { breakoutTransitions } from '../../../../lambda/domain/breakouts/breakout.ts';
import { extendBreakout } from '../../../../lambda/domain/breakouts/extend-breakout.ts';
import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import { stopBreakout } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { updateBreakout } from '../../../../lambda/domain/breakouts/update-breakout.ts';
import { awaitStop } from '../../../../lambda/domain/breakouts/show/await-stop.ts';
import { endFailedShow } from '../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { DomainError } from '../../../../lambda/domain/shared/errors.ts';
import { bookedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { showWorld, type ShowWorld } from '../../../support/shows/show-world.ts';

const caller = aCaller();

const acts = ['start', 'start-without-execution', 'stop', 'extend', 'update', 'mark-running', 'await-stop', 'mark-stopping', 'mark-stopped', 'end-failed', 'release'] as const;

type Act = (typeof acts)[number];

const perform = async (world: ShowWorld, breakoutId: string, act: Act): Promise<unknown> => {
  const { deps } = world;
  const show = { breakoutId, attempt: (await world.breakout(breakoutId)).attempt || 1 };
  switch (act) {
    case 'start': return startBreakout(deps)({ caller, breakoutId });
    case 'start-without-execution': return startBreakout({ ...deps, executions: { start: () => Promise.reject(new Error('no answer')) } })({ caller, breakoutId });
    case 'stop': return stopBreakout(deps)({ caller, breakoutId });
    case 'extend': return extendBreakout(deps)({ caller, breakoutId, endsAt: '2026-11-23T12:00:00.000Z' });
    case 'update': return updateBreakout(deps)({ caller, breakoutId, changes: { title: 'Changed' } });
    case 'mark-running': return markRunning(deps)(show);
    case 'await-stop': return awaitStop(deps)(show, 'token');
    case 'mark-stopping': return markStopping(deps)(show);
    case 'mark-stopped': return markStopped(deps)(show);
    case 'end-failed': return endFailedShow(deps)(show, { code: 'x', message: 'y' });
    case 'release': return releasePipeline(deps)(show);
  }
};

/** Refusals are answers; everything else is a fault. */
const refusalOf = async (attempt: Promise<unknown>): Promise<void> => {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof DomainError) && !(error instanceof Error && error.message === 'no answer')) throw error;
  }
};

describe('a show that many act on at once', () => {
  it('moves through legal states only, one revision at a time', async () => {
    const steps = fc.array(fc.array(fc.constantFrom(...acts), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

    await fc.assert(
      fc.asyncProperty(steps, async (rounds) => {
        const world = showWorld();
        const { breakoutId } = await bookedShow(world);
        for (const round of rounds) await Promise.all(round.map((act) => refusalOf(perform(world, breakoutId, act))));

        const versions = world.plans.written;
        versions.slice(1).forEach((after, index) => {
          const before = versions[index]!;
          expect(after.revision).toBe(before.revision + 1);
          if (after.status !== before.status) expect(breakoutTransitions[before.status]).toContain(after.status);
          expect(after.attempt).toBeGreaterThanOrEqual(before.attempt);
        });
        const starts = versions.filter(({ status }, index) => status === 'STARTING' && versions[index - 1]?.status === 'SCHEDULED');
        expect(new Set(starts.map(({ attempt }) => attempt)).size).toBe(starts.length);
      }),
      { numRuns: 150 },
    );
  });

  it('never lets two shows hold one pipeline', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.constantFrom('start', 'release', 'stop', 'mark-running', 'mark-stopping', 'mark-stopped')), { minLength: 2, maxLength: 8 }), async (moves) => {
        const world = showWorld();
        const one = await bookedShow(world);
        const two = await bookedShow(world, { startsAt: '2026-11-23T11:05:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' });
        world.setTime('2026-11-23T10:59:00.000Z');

        await Promise.all(moves.map(([isFirst, act]) => refusalOf(perform(world, (isFirst ? one : two).breakoutId, act as Act))));

        const hold = await world.deps.holds.get('pl_main');
        const open = [one, two].map(async ({ breakoutId }) => world.breakout(breakoutId));
        for (const breakout of await Promise.all(open)) {
          if (breakout.status === 'STARTING' && hold !== undefined) expect(hold.breakoutId).toBe(breakout.breakoutId);
        }
      }),
      { numRuns: 60 },
    );
  });
});
