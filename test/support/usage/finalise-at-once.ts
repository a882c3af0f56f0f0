import { bookProfile } from './book-profile.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { aBreakoutOwner, aLineThatAdds, aMeasuredProfile } from './a-profile.ts';

/** Books many breakouts of one account as FINAL, all at the same time; answers what each was charged. */
export const finaliseAtOnce = async (usage: UsageStore, accountId: string, count: number): Promise<readonly bigint[]> => {
  const charges = Array.from({ length: count }, (_, index) => 10n ** 12n + BigInt(index));
  const book = bookProfile({ usage, now: () => new Date('2026-11-30T12:00:00.000Z') });
  await Promise.all(
    charges.map((charge, index) =>
      book(
        aMeasuredProfile({
          owner: aBreakoutOwner({ accountId, eventId: `evt_${accountId}`, breakoutId: `bko_${accountId}_${index}` }),
          stage: 'FINAL',
          lines: [aLineThatAdds({ streamingNanoUsd: charge }, { metered: { sku: 'sku', base: charge, perUnit: 60n } })],
        }),
      ),
    ),
  );
  return charges;
};
