import fc from 'fast-check';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { bookProfile } from '../../../support/usage/book-profile.ts';
import { measureNames, sumMeasures, type Measures } from '../../../../lambda/domain/usage/measures.ts';
import { allMonths, type UsageStore } from '../../../../lambda/domain/usage/usage-store.ts';
import { ownerIdOf } from '../../../../lambda/domain/usage/profile-owner.ts';
import type { MeasuredProfile } from '../../../../lambda/domain/usage/usage-profile.ts';
import { aBreakoutOwner, aLine, aLineThatAdds, aMeasuredProfile } from '../../../support/usage/a-profile.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryUsageStore, type Mishap } from '../../../support/usage/memory-usage-store.ts';
import { usageReader } from '../../../support/usage/usage-reader.ts';

const now = (): Date => new Date('2026-11-23T12:00:00.000Z');

const nonZero = (measures: Measures): Measures => Object.fromEntries(Object.entries(measures).filter(([, amount]) => amount !== 0n));

const measured = fc.record({
  breakout: fc.integer({ min: 0, max: 3 }),
  month: fc.constantFrom('2026-11', '2026-12'),
  stage: fc.constantFrom('PROVISIONAL' as const, 'FINAL' as const),
  amounts: fc.array(
    fc.record({ measure: fc.constantFrom(...measureNames.slice(0, 14)), amount: fc.bigInt({ min: 0n, max: 10n ** 20n }), isPlatforms: fc.boolean() }),
    { maxLength: 6 },
  ),
});

const profileOf = ({ breakout, month, stage, amounts }: (typeof measured extends fc.Arbitrary<infer Value> ? Value : never)): MeasuredProfile =>
  aMeasuredProfile({
    // Two events of one account with two breakouts each.
    owner: aBreakoutOwner({ breakoutId: `bko_${breakout}`, eventId: `evt_${breakout % 2}` }),
    month,
    stage,
    lines: amounts.map(({ measure, amount, isPlatforms }, index) =>
      aLineThatAdds({ [measure]: amount }, { key: `line-${index}`, owner: isPlatforms ? 'PLATFORM' : 'BREAKOUT' }),
    ),
  });

/** Every level is the sum of its children, for each period and in all. */
const expectSums = async (usage: UsageStore, profiles: readonly MeasuredProfile[]): Promise<void> => {
  const breakouts = [...new Set(profiles.map(({ owner }) => ownerIdOf(owner)))];
  const heads = (await Promise.all(breakouts.map((id) => usage.heads(id)))).flat();
  for (const head of heads) {
    const lines = (await usage.lines(head, { limit: 100 })).items;
    const { provisionalProfiles: _p, finalProfiles: _f, correctedProfiles: _c, ...totals } = head.totals;
    expect(totals).toEqual(sumMeasures(lines.filter(({ owner }) => owner === 'BREAKOUT').map(({ adds }) => adds)));
  }
  for (const period of ['2026-11', '2026-12', allMonths]) {
    const inPeriod = heads.filter(({ month }) => period === allMonths || month === period);
    const sum = (part: typeof heads): Measures => nonZero(sumMeasures(part.map(({ totals }) => totals)));
    for (const breakoutId of breakouts) {
      expect(nonZero((await usage.breakoutUsage(breakoutId, period)).measures)).toEqual(sum(inPeriod.filter((head) => ownerIdOf(head.owner) === breakoutId)));
    }
    for (const eventId of ['evt_0', 'evt_1']) {
      expect(nonZero((await usage.eventUsage(eventId, period)).measures)).toEqual(sum(inPeriod.filter(({ owner }) => owner.kind === 'BREAKOUT' && owner.eventId === eventId)));
    }
    expect(nonZero((await usage.accountUsage(itemIds.account, period)).measures)).toEqual(sum(inPeriod));
    const overheads = nonZero(sumMeasures(inPeriod.map(({ platformTotals }) => platformTotals)));
    expect(nonZero((await usage.overheads(period)).measures)).toEqual(overheads);
    expect(nonZero((await usage.platformUsage(period)).measures)).toEqual(nonZero(sumMeasures([sum(inPeriod), overheads])));
  }
};

describe('bookProfile', () => {
  it('keeps every level the sum of its children under any order of writers and lost answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(measured, { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom<Mishap>('none', 'none', 'lost-before', 'lost-after'), { minLength: 1, maxLength: 20 }),
        fc.scheduler(),
        async (inputs, mishaps, scheduler) => {
          let turn = 0;
          const usage = memoryUsageStore(
            () => mishaps[turn++ % mishaps.length] ?? 'none',
            () => scheduler.schedule(Promise.resolve()),
          );
          const profiles = inputs.map(profileOf);
          const untilBooked = async (profile: MeasuredProfile): Promise<void> => {
            for (let tries = 0; tries < 5; tries += 1) {
              try {
                await bookProfile({ usage, now })(profile);
                return;
              } catch (error) {
                if (!(error instanceof UnavailableError)) throw error;
              }
            }
          };

          await scheduler.waitFor(Promise.all(profiles.map(untilBooked)));

          await scheduler.waitFor(expectSums(usage, profiles));
        },
      ),
      { seed: 23, numRuns: 100 },
    );
  });

  it('books the same content once', async () => {
    const usage = memoryUsageStore();

    await bookProfile({ usage, now })(aMeasuredProfile());
    await bookProfile({ usage, now })(aMeasuredProfile({ asOf: '2026-11-23T12:00:00.000Z', lines: [aLine({ watermark: '2026-11-23T12:00:00.000Z' })] }));

    expect(usage.moves).toHaveLength(1);
  });

  it('keeps one version when its first answer was lost', async () => {
    const mishaps: Mishap[] = ['lost-after', 'none'];
    const usage = memoryUsageStore(() => mishaps.shift() ?? 'none');

    await expect(bookProfile({ usage, now })(aMeasuredProfile())).rejects.toThrow(UnavailableError);
    await bookProfile({ usage, now })(aMeasuredProfile());

    expect(usage.moves).toHaveLength(1);
  });

  it('replaces a line in the next version instead of adding to it', async () => {
    const usage = memoryUsageStore();

    await bookProfile({ usage, now })(aMeasuredProfile());
    await bookProfile({ usage, now })(aMeasuredProfile({ stage: 'FINAL', lines: [aLineThatAdds({ packagingIngressBytes: 1500n })] }));

    const { measures } = await usage.eventUsage(itemIds.event, allMonths);
    expect(measures).toMatchObject({ packagingIngressBytes: 1500n, packagingNanoUsd: 0n, provisionalProfiles: 0n, finalProfiles: 1n });
  });

  it('leaves what is final alone when a late provisional measurement comes', async () => {
    const usage = memoryUsageStore();
    await bookProfile({ usage, now })(aMeasuredProfile({ stage: 'FINAL' }));

    await bookProfile({ usage, now })(aMeasuredProfile({ lines: [] }));

    expect((await usage.heads(itemIds.breakout))[0]).toMatchObject({ version: 1, status: 'FINAL' });
  });

  it('marks a change after the final measurement as a correction', async () => {
    const usage = memoryUsageStore();
    await bookProfile({ usage, now })(aMeasuredProfile({ stage: 'FINAL' }));

    await bookProfile({ usage, now })(aMeasuredProfile({ stage: 'FINAL', lines: [aLineThatAdds({ packagingIngressBytes: 7n })] }));

    expect(await usageReader(usage).breakout()).toMatchObject({ status: 'CORRECTED' });
  });

  it('keeps writers of the same version apart by what they measured', async () => {
    const usage = memoryUsageStore();
    const one = aMeasuredProfile({ lines: [aLineThatAdds({ packagingIngressBytes: 1n })] });
    const other = aMeasuredProfile({ lines: [aLineThatAdds({ packagingIngressBytes: 2n })] });

    await Promise.all([bookProfile({ usage, now })(one), bookProfile({ usage, now })(other)]);

    for (const head of await usage.heads(one.owner.breakoutId)) {
      const lines = (await usage.lines(head, { limit: 10 })).items;
      expect(lines.map(({ adds }) => adds.packagingIngressBytes)).toEqual([head.totals.packagingIngressBytes]);
    }
  });

  it('fails as unavailable when others keep moving the head', async () => {
    const usage = { ...memoryUsageStore(), move: async () => false };

    await expect(bookProfile({ usage, now })(aMeasuredProfile())).rejects.toThrow(UnavailableError);
  });
});
