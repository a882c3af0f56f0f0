import type { ProfileOwner } from '../profile-owner.ts';

/** What volume tiers and minimums are booked as. */
export const ownPurposes = { tierAdjustment: 'tier-adjustment', minimum: 'minimum' } as const;

const purposes: readonly string[] = Object.values(ownPurposes);

/** Whether a profile follows from what is booked of others. */
export const isDerived = (owner: ProfileOwner): boolean => owner.kind !== 'BREAKOUT' && purposes.includes(owner.purpose);
