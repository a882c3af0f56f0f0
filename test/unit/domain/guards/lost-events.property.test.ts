import fc from 'fast-check';
import type { Observed } from '../../../../lambda/domain/breakouts/channel-run.ts';
import type { ShowLogEntry } from '../../../../lambda/domain/breakouts/log/show-log.ts';
import { type Ending, playShow, type Plot } from '../../../support/shows/simulated-show.ts';

const incident = fc.oneof(
  fc.constantFrom('primary', 'backup').map((input) => ({ kind: 'ALERT', input }) as const),
  fc.constant({ kind: 'INPUT' } as const),
);

/** Lost, at once, late by seconds, minutes or hours, and each of it several times. */
const delivery = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 5, max: 300 }), fc.integer({ min: 300, max: 20_000 })), { maxLength: 3 });

const plot: fc.Arbitrary<Plot> = fc
  .record({
    // Nearer than a minute, two changes whose events are both lost are seen as one; in the second of a stop, whether a
    // change was before it cannot be told.
    incidents: fc.array(fc.record({ incident, second: fc.integer({ min: 1, max: 40 }) }), { maxLength: 8 }),
    deliveries: fc.array(delivery, { minLength: 1, maxLength: 12 }),
    diesAtSecond: fc.option(fc.integer({ min: 26, max: 1500 }), { nil: undefined }),
  })
  .map(({ incidents, deliveries, diesAtSecond }) => ({
    incidents,
    deliveries,
    stopMinute: incidents.length * 2 + 3,
    ...(diesAtSecond === undefined ? {} : { diesAtSecond }),
  }));

const asSet = (entries: readonly ShowLogEntry[]): readonly string[] =>
  entries.map(({ type, name, pipeline = '', input = '', alertId = '' }) => `${type} ${name} ${pipeline} ${input} ${alertId}`).sort();

const perfect = (told: Plot): Plot => ({ ...told, deliveries: [[1]] });

// Polls are a minute apart at most.
const isPrecise = (observed: Observed | undefined, truth: number | undefined): boolean => {
  if (observed === undefined || truth === undefined) return observed === truth;
  const late = Date.parse(observed.at) - truth;
  return observed.source === 'EVENT' ? late <= 0 && late > -1000 : late >= 0 && late <= 61_000;
};

const expectSame = (ending: Ending, ideal: Ending): void => {
  expect([ending.status, ending.isHeld, ending.failures]).toEqual([ideal.status, ideal.isHeld, []]);
  expect(asSet(ending.log)).toEqual(asSet(ideal.log));
  expect(ending.truth).toEqual(ideal.truth);
  for (const { started, ended } of ending.runs) {
    expect([isPrecise(started, ending.truth.started), isPrecise(ended, ending.truth.ended)]).toEqual([true, true]);
  }
};

describe('events that are lost, late, twice or in disorder', () => {
  it('change nothing in the end but the precision of times', async () => {
    await fc.assert(
      fc.asyncProperty(plot, async (told) => {
        const [ending, ideal] = [await playShow(told), await playShow(perfect(told))];

        expectSame(ending, ideal);
        expect(ideal).toMatchObject({ isHeld: false });
      }),
      { numRuns: 200 },
    );
  });

  it('are announced once at most', async () => {
    await fc.assert(
      fc.asyncProperty(plot, async (told) => {
        const [{ announced }, ideal] = [await playShow(told), await playShow(perfect(told))];

        const kinds = (all: Ending['announced']) => (kind: string) => all.filter((one) => one.kind === kind).length;
        expect(new Set(announced.map(({ id }) => id)).size).toBe(announced.length);
        for (const kind of ['INPUT_LOST', 'FAILED_OVER']) expect(kinds(announced)(kind)).toBeLessThanOrEqual(kinds(ideal.announced)(kind));
      }),
      { numRuns: 100 },
    );
  });
});
