import fc from 'fast-check';
import { UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { bookProfile } from '../../../lambda/domain/usage/book-profile.ts';
import type { Measure } from '../../../lambda/domain/usage/measures.ts';
import type { ProfileOwner } from '../../../lambda/domain/usage/profile-owner.ts';
import type { MeasuredProfile } from '../../../lambda/domain/usage/usage-profile.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { aLine } from './a-profile.ts';

/** What goes wrong at a write: nothing, it dies before or after, or somebody else is quicker. */
export type Fault = 'none' | 'before' | 'after' | 'other';

/** Something that is done to the books. */
export type Command =
  | { readonly do: 'measure'; readonly owner: number; readonly month: number; readonly stage: MeasuredProfile['stage']; readonly accrual: 'OPEN' | 'CLOSED' | null; readonly amounts: readonly Amount[] }
  | { readonly do: 'again'; readonly back: number }
  | { readonly do: 'close'; readonly account: number; readonly month: number };

interface Amount {
  readonly measure: Measure;
  readonly amount: bigint;
  readonly isPlatforms: boolean;
  readonly accrues: boolean;
}

/** The months that usage is of, in order. */
export const ledgerMonths = ['2026-10', '2026-11', '2026-12'] as const;

/** Two accounts, three events, five breakouts; lines of an account's own, and the platform's overheads. */
export const ledgerOwners = (run: string): readonly ProfileOwner[] => [
  ...[0, 1, 2, 3, 4].map((index) => ({ kind: 'BREAKOUT' as const, breakoutId: `bko_${run}_${index}`, eventId: `evt_${run}_${Math.floor(index / 2)}`, accountId: accountIdOf(run, index === 4 ? 1 : 0) })),
  { kind: 'ACCOUNT', accountId: accountIdOf(run, 0), purpose: 'tier-adjustment' },
  { kind: 'PLATFORM', purpose: `pipeline/${run}` },
];

/** The id of one of the two accounts. */
export const accountIdOf = (run: string, index: number): string => `acc_${run}_${index}`;

const amount = fc.record({
  measure: fc.constantFrom<Measure>('streamingNanoUsd', 'streamingChargeNanoUsd', 'deliveryTotalBytes', 'storageOpenByteMilliseconds', 'minimumChargeNanoUsd'),
  amount: fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: 0n, max: 10n ** 24n })),
  isPlatforms: fc.boolean(),
  accrues: fc.boolean(),
});

const measure = fc.record({
  do: fc.constant('measure' as const),
  owner: fc.nat({ max: 6 }),
  month: fc.nat({ max: 2 }),
  stage: fc.constantFrom('PROVISIONAL' as const, 'FINAL' as const),
  accrual: fc.constantFrom('OPEN' as const, 'CLOSED' as const, null),
  // None: what was stored is gone, and nothing else was measured.
  amounts: fc.array(amount, { maxLength: 3 }),
});

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: measure, weight: 5 },
  { arbitrary: fc.record({ do: fc.constant('again' as const), back: fc.nat({ max: 4 }) }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('close' as const), account: fc.nat({ max: 1 }), month: fc.nat({ max: 2 }) }), weight: 2 },
);

/** Mostly none. */
const anyFaults: fc.Arbitrary<readonly Fault[]> = fc.array(fc.constantFrom<Fault>('none', 'none', 'none', 'before', 'after', 'other'), { maxLength: 12 });

/** The measurement that a command stands for. */
const measuredOf = (run: string, command: Extract<Command, { do: 'measure' }>): MeasuredProfile => {
  const owner = ledgerOwners(run)[command.owner]!;
  const month = ledgerMonths[command.month]!;
  const lines = command.amounts.map((one, index) =>
    aLine({
      key: `line-${index}`,
      owner: one.isPlatforms ? 'PLATFORM' : owner.kind,
      month,
      adds: { [one.measure]: one.amount },
      metered: { sku: one.measure, base: one.amount, perUnit: 60n },
      ...(one.accrues ? { accrues: true } : {}),
    }),
  );
  return { owner, month, stage: command.stage, lines, series: [], asOf: '2026-12-24T00:00:00.000Z', ...(command.accrual === null ? {} : { accrual: command.accrual }) };
};

/** A store whose writes fail, or come second, as the faults say; when they are used up, nothing goes wrong. */
export const faultyStore = (usage: UsageStore, faults: readonly Fault[], others: () => Promise<unknown>): UsageStore => {
  const left = [...faults];
  const lost = (): UnavailableError => new UnavailableError({ code: 'lost', message: 'the answer was lost' });
  const under = async <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    const fault = left.shift() ?? 'none';
    if (fault === 'before') throw lost();
    if (fault === 'other') await others();
    const answer = await write();
    if (fault === 'after') throw lost();
    return answer;
  };
  return {
    ...usage,
    writeLines: (head, lines) => under(() => usage.writeLines(head, lines)),
    move: (move) => under(() => usage.move(move)),
    closeBilling: (...parameters) => under(() => usage.closeBilling(...parameters)),
  };
};

/** A sequence with its faults, and what others do in between. */
export const anyRun = fc.record({ commands: fc.array(anyCommand, { minLength: 1, maxLength: 8 }), faults: anyFaults, others: fc.array(anyCommand, { maxLength: 4 }) });

/** Does commands one after the other; what dies is tried again once, or is left as it is. `noted` is told of what was measured. */
export const carryOut = (run: string, usage: UsageStore, now: () => Date, noted: (measured: MeasuredProfile) => void) => {
  const done: MeasuredProfile[] = [];
  const once = async (command: Command): Promise<void> => {
    if (command.do === 'close') {
      await usage.closeBilling(accountIdOf(run, command.account), ledgerMonths[command.month]!, now().toISOString());
      return;
    }
    const measured = command.do === 'again' ? done.at(-1 - command.back) : measuredOf(run, command);
    if (measured === undefined) return;
    done.push(measured);
    await bookProfile({ usage, now })(measured);
    noted(measured);
  };
  return async (command: Command, tries = 2): Promise<void> => {
    for (let left = tries; left > 0; left -= 1) {
      try {
        await once(command);
        return;
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
      }
    }
  };
};
