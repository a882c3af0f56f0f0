import fc from 'fast-check';
import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import { ConflictError, UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { bookProfile } from './book-profile.ts';
import { bookRerated } from '../../../lambda/domain/usage/book-rerated.ts';
import { closeMonth } from '../../../lambda/domain/usage/close-month.ts';
import type { Measure } from '../../../lambda/domain/usage/measures.ts';
import { bookEndedMonths } from '../../../lambda/domain/usage/own-lines/book-ended-months.ts';
import { bookOwnLines } from '../../../lambda/domain/usage/own-lines/book-own-lines.ts';
import { ownPurposes } from '../../../lambda/domain/usage/own-lines/own-purposes.ts';
import type { BreakoutOwner, ProfileOwner } from '../../../lambda/domain/usage/profile-owner.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import type { MeasuredProfile } from '../../../lambda/domain/usage/usage-profile.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { aCaller, anAccount } from '../shows/a-plan.ts';
import { aLine } from './a-profile.ts';
import { ledgerBooks, ledgerDeps, ratedTransfer } from './ledger-prices.ts';
import { underFaults } from './under-faults.ts';

/** What goes wrong at a write: nothing, it dies before or after, or somebody else is quicker. */
export type Fault = 'none' | 'before' | 'after' | 'other';

/** Something that is done to the books. */
export type Command =
  | { readonly do: 'measure'; readonly owner: number; readonly month: number; readonly stage: MeasuredProfile['stage']; readonly accrual: 'OPEN' | 'CLOSED' | null; readonly amounts: readonly Amount[] }
  | { readonly do: 'again'; readonly back: number }
  | { readonly do: 'close'; readonly account: number; readonly month: number }
  | { readonly do: 'own'; readonly account: number | null; readonly month: number }
  | { readonly do: 'renew' }
  | { readonly do: 'reprice'; readonly owner: number; readonly month: number; readonly book: number };

interface Amount {
  readonly measure: Measure;
  readonly amount: bigint;
  readonly isPlatforms: boolean;
  readonly accrues: boolean;
}

/** The months that usage is of, in order. */
export const ledgerMonths = ['2026-10', '2026-11', '2026-12'] as const;

const breakoutOwner = (run: string, index: number): BreakoutOwner => ({
  kind: 'BREAKOUT', breakoutId: `bko_${run}_${index}`, eventId: `evt_${run}_${Math.floor(index / 2)}`, accountId: accountIdOf(run, index === 4 ? 1 : 0),
});

/** Two accounts, three events, five breakouts; lines of an account's own, and the platform's overheads. */
const measuredOwners = (run: string): readonly ProfileOwner[] => [
  ...[0, 1, 2, 3, 4].map((index) => breakoutOwner(run, index)),
  { kind: 'ACCOUNT', accountId: accountIdOf(run, 0), purpose: 'arrears' },
  { kind: 'PLATFORM', purpose: `pipeline/${run}` },
];

/** All of these, and the own lines that follow from them. */
export const ledgerOwners = (run: string): readonly ProfileOwner[] => [
  ...measuredOwners(run),
  ...[0, 1].flatMap((index) => Object.values(ownPurposes).map((purpose) => ({ kind: 'ACCOUNT' as const, accountId: accountIdOf(run, index), purpose }))),
  { kind: 'PLATFORM', purpose: ownPurposes.tierAdjustment },
];

/** The id of one of the two accounts. */
export const accountIdOf = (run: string, index: number): string => `acc_${run}_${index}`;

/** The ids of both. */
export const accountIdsOf = (run: string): readonly string[] => [0, 1].map((index) => accountIdOf(run, index));

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

/** What is done less often, to what the others have left. */
const anyFollowUp: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constant('again' as const), back: fc.nat({ max: 4 }) }),
  fc.record({ do: fc.constant('own' as const), account: fc.constantFrom(0, 1, null), month: fc.nat({ max: 2 }) }),
  fc.constant({ do: 'renew' as const }),
  fc.record({ do: fc.constant('reprice' as const), owner: fc.nat({ max: 4 }), month: fc.nat({ max: 2 }), book: fc.nat({ max: 1 }) }),
);

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: measure, weight: 6 },
  { arbitrary: anyFollowUp, weight: 3 },
  { arbitrary: fc.record({ do: fc.constant('close' as const), account: fc.nat({ max: 1 }), month: fc.nat({ max: 2 }) }), weight: 2 },
);

/** Mostly none. */
const anyFaults: fc.Arbitrary<readonly Fault[]> = fc.array(fc.constantFrom<Fault>('none', 'none', 'none', 'before', 'after', 'other'), { maxLength: 12 });

const measuredLine = ({ measure: name, amount: added, isPlatforms, accrues }: Amount, index: number, { owner, month }: Pick<MeasuredProfile, 'owner' | 'month'>): UsageLine => {
  const base = added < 0n ? -added : added;
  const line = aLine({ key: `line-${index}`, owner: isPlatforms ? 'PLATFORM' : owner.kind, month, adds: { [name]: added }, ...(accrues ? { accrues: true } : {}) });
  return name === 'deliveryTotalBytes' ? ratedTransfer(line, base) : { ...line, metered: { sku: 'RUNS', base, perUnit: 60n } };
};

/** The measurement that a command stands for. */
const measuredOf = (run: string, command: Extract<Command, { do: 'measure' }>): MeasuredProfile => {
  const owner = measuredOwners(run)[command.owner]!;
  const month = ledgerMonths[command.month]!;
  const lines = command.amounts.map((one, index) => measuredLine(one, index, { owner, month }));
  return { owner, month, stage: command.stage, lines, series: [], asOf: '2026-12-24T00:00:00.000Z', ...(command.accrual === null ? {} : { accrual: command.accrual }) };
};

/** A store whose writes fail, or come second, as the faults say; when they are used up, nothing goes wrong. */
export const faultyStore = (usage: UsageStore, faults: readonly Fault[], others: () => Promise<unknown>): UsageStore => {
  const under = underFaults(faults, others);
  return {
    ...usage,
    writeLines: (head, lines) => under(() => usage.writeLines(head, lines)),
    move: (move) => under(() => usage.move(move)),
    closeBilling: (...parameters) => under(() => usage.closeBilling(...parameters)),
    followed: (...parameters) => under(() => usage.followed(...parameters)),
  };
};

/** A sequence with its faults, and what others do in between; of a sixth, all own lines are booked at the end. */
export const anyRun = fc.record({ isEnded: fc.nat({ max: 5 }).map((dice) => dice === 0), commands: fc.array(anyCommand, { minLength: 1, maxLength: 8 }), faults: anyFaults, others: fc.array(anyCommand, { maxLength: 4 }) });

/** What a run is told of while commands are carried out. */
export interface LedgerWitness {
  /** A profile is going to be measured, or to get other prices. */
  readonly touching: (profile: Pick<MeasuredProfile, 'owner' | 'month'>) => void;
  /** It was measured. */
  readonly measured?: (measured: MeasuredProfile) => void;
}

/** Does commands one after the other; what dies is tried again once, or is left as it is. */
export const carryOut = (run: string, usage: UsageStore, now: () => Date, witness: LedgerWitness) => {
  const done: MeasuredProfile[] = [];
  const deps = ledgerDeps(accountIdsOf(run), usage, now);
  const measureOnce = async (measured: MeasuredProfile | undefined): Promise<void> => {
    if (measured === undefined) return;
    done.push(measured);
    witness.touching(measured);
    await bookProfile({ usage, now })(measured);
    witness.measured?.(measured);
  };
  const close = async (accountId: string, month: string): Promise<void> => {
    const accounts = { ...deps.accounts, get: async () => anAccount({ accountId }) };
    await closeMonth({ ...deps, usage, accounts, breakouts: { listUnsettled: async () => [] } })({ caller: aCaller({ accountId }), accountId, month });
  };
  const reprice = async (profile: { readonly owner: BreakoutOwner; readonly month: string }, book: PriceBook): Promise<void> => {
    witness.touching(profile);
    await bookRerated({ ...deps, usage, history: { version: async () => undefined } })({ ...profile, book });
  };
  const once = (command: Command): Promise<unknown> => {
    switch (command.do) {
      case 'measure':
        return measureOnce(measuredOf(run, command));
      case 'again':
        return measureOnce(done.at(-1 - command.back));
      case 'close':
        return close(accountIdOf(run, command.account), ledgerMonths[command.month]!);
      case 'own':
        return bookOwnLines(deps)(ledgerMonths[command.month]!, command.account === null ? undefined : accountIdOf(run, command.account));
      case 'renew':
        return bookEndedMonths({ ...deps, usage })();
      case 'reprice':
        return reprice({ owner: breakoutOwner(run, command.owner), month: ledgerMonths[command.month]! }, ledgerBooks[command.book]!);
    }
  };
  return async (command: Command, tries = 2): Promise<void> => {
    for (let left = tries; left > 0; left -= 1) {
      try {
        await once(command);
        return;
      } catch (error) {
        // A month that is not final is not closed.
        if (error instanceof ConflictError) return;
        if (!(error instanceof UnavailableError)) throw error;
      }
    }
  };
};
