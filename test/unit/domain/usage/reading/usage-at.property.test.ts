import fc from 'fast-check';
import { bookProfile } from '../../../../support/usage/book-profile.ts';
import { usageAt } from '../../../../../lambda/domain/usage/reading/usage-at.ts';
import { bookedUsage, type UsageSubject } from '../../../../../lambda/domain/usage/reading/usage-subject.ts';
import { allMonths, type UsageLevel } from '../../../../../lambda/domain/usage/usage-store.ts';
import { anAccount } from '../../../../support/shows/a-plan.ts';
import { aBreakoutOwner, aLineThatAdds, aMeasuredProfile } from '../../../../support/usage/a-profile.ts';
import { memoryUsageStore } from '../../../../support/usage/memory-usage-store.ts';

const accounts = ['acc_0', 'acc_1'];
const months = ['2026-10', '2026-11'];

const subjects: readonly UsageSubject[] = [
  { kind: 'BREAKOUT', breakoutId: 'bko_0', accountId: 'acc_0' },
  { kind: 'EVENT', eventId: 'evt_0', accountId: 'acc_0' },
  { kind: 'ACCOUNT', accountId: 'acc_0' },
  { kind: 'ACCOUNT', accountId: 'acc_1' },
  { kind: 'PLATFORM' },
  { kind: 'OVERHEADS' },
];

/** Breakouts 0 to 3: two of each account, each of an event of its own account. */
const ownerOf = (show: number) => aBreakoutOwner({ breakoutId: `bko_${show}`, eventId: `evt_${show % 2}`, accountId: `acc_${show % 2}` });

const bookingArbitrary = fc.record({
  show: fc.integer({ min: 0, max: 3 }),
  month: fc.constantFrom(...months),
  isFinal: fc.boolean(),
  bytes: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  nanoUsd: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  strayBytes: fc.bigInt({ min: 0n, max: 10n ** 6n }),
  own: fc.constantFrom('none', 'account', 'platform'),
});

const amounts = ({ measures }: UsageLevel): object => Object.fromEntries(Object.entries(measures).filter(([, amount]) => amount !== 0n));

describe('usage as it was known', () => {
  it('is at every moment and level what could be read then', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bookingArbitrary, { minLength: 1, maxLength: 12 }), async (bookings) => {
        const usage = memoryUsageStore();
        let now = Date.parse('2026-12-01T00:00:00Z');
        const book = bookProfile({ usage, now: () => new Date(now) });
        const deps = { usage, accounts: { list: async () => ({ items: accounts.map((accountId) => anAccount({ accountId })) }) } };
        const known: { at: string; subject: UsageSubject; period: string; then: object }[] = [];
        const remember = async (): Promise<void> => {
          for (const subject of subjects) {
            for (const period of [...months, allMonths]) known.push({ at: new Date(now).toISOString(), subject, period, then: amounts(await bookedUsage(usage, subject, period)) });
          }
        };
        await remember();
        for (const { show, month, isFinal, bytes, nanoUsd, strayBytes, own } of bookings) {
          now += 1000;
          const asOf = new Date(now).toISOString();
          const line = aLineThatAdds({ packagingIngressBytes: bytes, packagingNanoUsd: nanoUsd }, { key: 'a' });
          const stray = aLineThatAdds({ deliveryUnattributedBytes: strayBytes }, { key: 'b', category: 'delivery', owner: 'PLATFORM' });
          if (own === 'none') await book(aMeasuredProfile({ owner: ownerOf(show), month, stage: isFinal ? 'FINAL' : 'PROVISIONAL', lines: [line, stray], asOf }));
          if (own === 'account') await book({ owner: { kind: 'ACCOUNT', accountId: `acc_${show % 2}`, purpose: 'minimum' }, month, stage: 'FINAL', lines: [{ ...line, owner: 'ACCOUNT' }], series: [], asOf });
          if (own === 'platform') await book({ owner: { kind: 'PLATFORM', purpose: 'pipeline/pl_main' }, month, stage: 'FINAL', lines: [{ ...line, owner: 'PLATFORM' }], series: [], asOf });
          await remember();
        }
        now += 1000;

        for (const { at, subject, period, then } of known) expect(amounts(await usageAt(deps)(subject, period, at))).toEqual(then);
      }),
      { numRuns: 40 },
    );
  });
});
