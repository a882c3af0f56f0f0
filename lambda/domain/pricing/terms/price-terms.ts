import type { UsageCategory } from '../../usage/measures.ts';

/** What may be agreed with an account. All amounts are decimal strings. */
export interface Agreement {
  /** On top of what AWS lists, in percent, by category: `15`, `-2.5`. Absent = the customer pays what it costs. */
  readonly markUpPercent: Readonly<Partial<Record<UsageCategory, string>>>;
  /** USD for a unit of the product instead of what it costs: hour of streaming, GB of packaging and of delivery, minute of conversion, GB-month of storage. What viewers of Cam pipelines are delivered is no hour of streaming, and has a rate of its own. */
  readonly flatUsd: Readonly<Partial<Record<UsageCategory, string>>>;
  /** USD for an hour that a viewer of a Cam pipeline is delivered, instead of what it costs. */
  readonly viewerHourUsd?: string;
  /** What an account pays for a calendar month at least. */
  readonly monthlyMinimumUsd?: string;
  /** What an hour of a running pipeline is charged with beside its usage. */
  readonly pipelineHourUsd?: string;
}

/** A version of an account's price terms: never changed, only followed by another. */
export interface PriceTerms extends Agreement {
  /** `acc_…@2`. */
  readonly termsId: string;
  readonly accountId: string;
  /** From 1. */
  readonly version: number;
  /** From when usage is charged by them, ISO 8601 UTC: not before they were set. */
  readonly effectiveFrom: string;
  readonly setAt: string;
  /** The subject who set them. */
  readonly setBy: string;
}

/** The id of a version. */
export const termsIdOf = (accountId: string, version: number): string => `${accountId}@${version}`;

/** The terms among versions that hold at an instant (ISO 8601): the newest version that has begun; undefined before the first. */
export const termsInForce = (versions: readonly PriceTerms[], at: string): PriceTerms | undefined =>
  versions.filter(({ effectiveFrom }) => effectiveFrom <= at).reduce<PriceTerms | undefined>((newest, one) => (newest && newest.version > one.version ? newest : one), undefined);
