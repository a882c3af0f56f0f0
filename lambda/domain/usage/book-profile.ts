import { UnavailableError } from '../shared/errors.ts';
import { differenceOf } from './measures.ts';
import { meteredDifferenceOf } from './metered-totals.ts';
import { ownerIdOf, type ProfileOwner } from './profile-owner.ts';
import { nextHead, type MeasuredProfile, type ProfileHead } from './usage-profile.ts';
import type { UsageStore } from './usage-store.ts';

/** Other writers can move the head between our read and our transaction; each turn one of them has got further. */
const mostTurns = 20;

/** What a profile should be after what is booked; it may be asked again when others have moved the head. */
export type DeriveProfile = (before: ProfileHead | undefined) => Promise<MeasuredProfile>;

/**
 * Makes what is derived of the version that counts the next version, and moves every level above by exactly the difference.
 * @throws UnavailableError when other writers keep moving the head
 */
export const bookDerived =
  (usage: Pick<UsageStore, 'head' | 'writeLines' | 'move'>) =>
  async (owner: ProfileOwner, month: string, derive: DeriveProfile): Promise<ProfileHead | undefined> => {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const before = await usage.head(owner, month);
      const measured = await derive(before);
      const head = nextHead(before, measured);
      if (!head) return before;
      await usage.writeLines(head, measured.lines);
      const isMoved = await usage.move({
        head,
        series: measured.series,
        difference: differenceOf(head.totals, before?.totals ?? {}),
        platformDifference: differenceOf(head.platformTotals, before?.platformTotals ?? {}),
        meteredDifference: meteredDifferenceOf(head.metered, before?.metered ?? {}),
        platformMeteredDifference: meteredDifferenceOf(head.platformMetered, before?.platformMetered ?? {}),
      });
      if (isMoved) return head;
    }
    throw new UnavailableError({
      code: 'usage-contended',
      message: `others kept moving the usage of ${ownerIdOf(owner)} in ${month} for ${mostTurns} turns: try again`,
    });
  };

/**
 * Makes a measurement the version that counts, and moves every level above by exactly the difference. Booking the
 * same content again changes nothing, so that it may be repeated however it ended before.
 * @throws UnavailableError when other writers keep moving the head
 */
export const bookProfile =
  (usage: Pick<UsageStore, 'head' | 'writeLines' | 'move'>) =>
  (measured: MeasuredProfile): Promise<ProfileHead | undefined> => bookDerived(usage)(measured.owner, measured.month, async () => measured);
