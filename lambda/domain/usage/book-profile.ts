import { UnavailableError } from '../shared/errors.ts';
import { billingMonthFor } from './billing.ts';
import { differenceOf } from './measures.ts';
import { meteredDifferenceOf } from './metered-totals.ts';
import { accountOf, ownerIdOf, type ProfileOwner } from './profile-owner.ts';
import { nextHead, type MeasuredProfile, type ProfileHead } from './usage-profile.ts';
import type { HeadMove, UsageStore } from './usage-store.ts';

/** What booking needs. */
export interface BookProfileDeps {
  readonly usage: Pick<UsageStore, 'head' | 'writeLines' | 'billingMonths' | 'move'>;
  readonly now: () => Date;
}

/** Other writers can move the head between our read and our transaction; each turn one of them has got further. */
const mostTurns = 20;

/** What a profile should be after what is booked, nothing when that should stay; it may be asked again when others have moved the head. */
export type DeriveProfile = (before: ProfileHead | undefined) => Promise<MeasuredProfile | undefined>;

const differences = (head: ProfileHead, before: ProfileHead | undefined): Pick<HeadMove, 'difference' | 'platformDifference' | 'meteredDifference' | 'platformMeteredDifference'> => ({
  difference: differenceOf(head.totals, before?.totals ?? {}),
  platformDifference: differenceOf(head.platformTotals, before?.platformTotals ?? {}),
  meteredDifference: meteredDifferenceOf(head.metered, before?.metered ?? {}),
  platformMeteredDifference: meteredDifferenceOf(head.platformMetered, before?.platformMetered ?? {}),
});

const billingOf = async (usage: BookProfileDeps['usage'], { owner, month }: ProfileHead): Promise<Pick<HeadMove, 'billingMonth'>> => {
  const accountId = accountOf(owner);
  return accountId === undefined ? {} : { billingMonth: await billingMonthFor(usage, accountId, month) };
};

/**
 * Makes what is derived of the version that counts the next version, and moves every level above by exactly the
 * difference, which is billed in its own month while that is open, else in the first open one after it.
 * @throws UnavailableError when other writers keep moving the head, or months are closed all the time
 */
export const bookDerived =
  ({ usage, now }: BookProfileDeps) =>
  async (owner: ProfileOwner, month: string, derive: DeriveProfile): Promise<ProfileHead | undefined> => {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const before = await usage.head(owner, month);
      const measured = await derive(before);
      const head = measured && nextHead(before, measured);
      if (!head) return before;
      await usage.writeLines(head, measured.lines);
      const billing = await billingOf(usage, head);
      if (await usage.move({ head, series: measured.series, ...differences(head, before), bookedAt: now().toISOString(), ...billing })) return head;
    }
    throw new UnavailableError({
      code: 'usage-contended',
      message: `others kept moving the usage of ${ownerIdOf(owner)} in ${month} for ${mostTurns} turns: try again`,
    });
  };
