import fc from 'fast-check';
import { intersection } from '../../../../../lambda/domain/usage/calendar-month.ts';
import { billableRunMinutes } from '../../../../../lambda/domain/usage/meters/streaming-meter.ts';
import { minutesWithin, unheldRuns } from '../../../../../lambda/domain/usage/overheads/unheld-runs.ts';

const hour = 3_600_000;
const day = 24 * hour;
const instant = fc.integer({ min: 0, max: 5 * day });
const turn = fc.record({ pipelineId: fc.constant('pl_main'), at: instant.map((at) => new Date(at).toISOString()), isOn: fc.boolean() });
const show = fc.record({ from: instant, length: fc.integer({ min: 1, max: 8 * hour }) }).map(({ from, length }) => ({ from, to: from + length }));
const days = Array.from({ length: 6 }, (_, index) => ({ from: index * day, to: (index + 1) * day }));

describe('what a channel runs for nobody', () => {
  it('is no show\'s, and comes to its billable minutes over all days', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 12 }), fc.array(show, { maxLength: 5 }), (turns, shows) => {
        for (const run of unheldRuns(turns, shows, 6 * day)) {
          for (const one of shows) expect(Math.max(0, intersection(run, one).to - intersection(run, one).from)).toBe(0);
          const minutes = days.map((whole) => minutesWithin(run, whole));
          const exact = (run.to - run.from) / 60_000;
          expect(minutes.reduce((sum, one) => sum + one, 0n)).toBe(!run.isOver ? BigInt(Math.floor(exact)) : run.isWhole ? billableRunMinutes(run.to - run.from) : BigInt(Math.ceil(exact)));
          expect(minutes.every((one) => one >= 0n)).toBe(true);
        }
      }),
    );
  });

  it('ends with the next show where nobody told of its end', () => {
    const turns = [{ pipelineId: 'pl_main', at: new Date(hour).toISOString(), isOn: true }];

    expect(unheldRuns(turns, [{ from: 5 * hour, to: 7 * hour }], day)).toEqual([{ from: hour, to: 5 * hour, isOver: true, isWhole: false }]);
  });

  it('is at least ten minutes, of which each day has what had run when it ended', () => {
    const [run] = unheldRuns([{ pipelineId: 'pl_main', at: new Date(day - 90_000).toISOString(), isOn: true }, { pipelineId: 'pl_main', at: new Date(day + 30_000).toISOString(), isOn: false }], [], 2 * day);

    expect(days.slice(0, 2).map((whole) => minutesWithin(run!, whole))).toEqual([1n, 9n]);
  });
});
