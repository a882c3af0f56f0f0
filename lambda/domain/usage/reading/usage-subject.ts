import type { UsageLevel, UsagePeriod, UsageStore } from '../usage-store.ts';

/** What usage is read of. */
export type UsageSubject =
  | { readonly kind: 'BREAKOUT'; readonly breakoutId: string; readonly accountId: string }
  | { readonly kind: 'EVENT'; readonly eventId: string; readonly accountId: string }
  | { readonly kind: 'ACCOUNT'; readonly accountId: string }
  /** All accounts and the overheads. */
  | { readonly kind: 'PLATFORM' }
  /** What no account bears. */
  | { readonly kind: 'OVERHEADS' };

/** The level reads of the store. */
export type UsageLevels = Pick<UsageStore, 'breakoutUsage' | 'eventUsage' | 'accountUsage' | 'platformUsage' | 'overheads'>;

/** What is booked of a subject: one item read. */
export const bookedUsage = (usage: UsageLevels, subject: UsageSubject, period: UsagePeriod): Promise<UsageLevel> => {
  switch (subject.kind) {
    case 'BREAKOUT':
      return usage.breakoutUsage(subject.breakoutId, period);
    case 'EVENT':
      return usage.eventUsage(subject.eventId, period);
    case 'ACCOUNT':
      return usage.accountUsage(subject.accountId, period);
    case 'PLATFORM':
      return usage.platformUsage(period);
    case 'OVERHEADS':
      return usage.overheads(period);
  }
};

/** Whether something of a breakout, its event and its account is part of a subject. */
export const isPartOf = (subject: UsageSubject, { breakoutId, eventId, accountId }: { readonly breakoutId: string; readonly eventId: string; readonly accountId: string }): boolean => {
  switch (subject.kind) {
    case 'BREAKOUT':
      return subject.breakoutId === breakoutId;
    case 'EVENT':
      return subject.eventId === eventId;
    case 'ACCOUNT':
      return subject.accountId === accountId;
    case 'PLATFORM':
      return true;
    case 'OVERHEADS':
      return false;
  }
};

/** The ids that an answer names its subject by. */
export const idsOf = (subject: UsageSubject): { readonly breakoutId?: string; readonly eventId?: string; readonly accountId?: string } => {
  switch (subject.kind) {
    case 'BREAKOUT':
      return { breakoutId: subject.breakoutId };
    case 'EVENT':
      return { eventId: subject.eventId };
    case 'ACCOUNT':
      return { accountId: subject.accountId };
    case 'PLATFORM':
    case 'OVERHEADS':
      return {};
  }
};
