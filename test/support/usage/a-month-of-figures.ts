import { itemIds } from './ids.ts';
import type { Measures } from '../../../lambda/domain/usage/measures.ts';

/** Two accounts that dashboards of tests know. */
export const shownAccounts = [itemIds.account, 'acc_01JE5B2V9QK3M7T0C4N8R6WXYZ'] as const;

interface Show {
  readonly account: (typeof shownAccounts)[number];
  /** Day of the month, from 1. */
  readonly day: number;
  readonly hours: number;
  readonly viewers: number;
}

// Shows of a conference that runs for a week, and a weekly one.
const shows: readonly Show[] = [
  ...[3, 4, 5, 6, 7].flatMap((day): Show[] => [{ account: shownAccounts[0], day, hours: 6, viewers: 420 + day * 60 }, { account: shownAccounts[0], day, hours: 4, viewers: 150 }]),
  ...[2, 9, 16, 23, 30].map((day): Show => ({ account: shownAccounts[1], day, hours: 2, viewers: 900 })),
];

const gigabyte = 1n << 30n;
const nano = (usd: number): bigint => BigInt(Math.round(usd * 1e9));

const measuresOf = (all: readonly Show[], dayOfMonth: number, markUp: number): Measures => {
  const hours = all.reduce((sum, show) => sum + show.hours, 0);
  const watched = all.reduce((sum, show) => sum + show.hours * show.viewers, 0);
  const held = all.reduce((sum, show) => sum + show.hours * 4, 0);
  const gigabyteMonths = all.reduce((sum, show) => sum + (show.hours * 4 * (dayOfMonth - show.day)) / 30, 0);
  const money = { streaming: hours * 2.1, packaging: hours * 1.9, delivery: watched * 0.12 * 0.085, conversion: hours * 0.9, storage: gigabyteMonths * 0.023 };
  return {
    streamingRunMilliseconds: BigInt(Math.round(hours * 3_600_000)), packagingIngressBytes: BigInt(Math.round(hours * 5)) * gigabyte, packagingEgressBytes: BigInt(Math.round(hours * 34)) * gigabyte,
    deliveryAttributedBytes: BigInt(Math.round(watched * 0.12)) * gigabyte, conversionMilliseconds: BigInt(Math.round(hours * 3_600_000)), storageBytesHeld: BigInt(Math.round(held)) * gigabyte,
    streamingNanoUsd: nano(money.streaming), packagingNanoUsd: nano(money.packaging), deliveryNanoUsd: nano(money.delivery), conversionNanoUsd: nano(money.conversion), storageNanoUsd: nano(money.storage),
    streamingChargeNanoUsd: nano(money.streaming * markUp), packagingChargeNanoUsd: nano(money.packaging * markUp), deliveryChargeNanoUsd: nano(money.delivery * markUp),
    conversionChargeNanoUsd: nano(money.conversion * markUp), storageChargeNanoUsd: nano(money.storage * markUp),
  };
};

/** What has been booked of a month of made-up shows by an instant of it: of an account, or of all. */
export const figuresSoFar = (at: number, account?: string): Measures => {
  const day = new Date(at).getUTCDate() + (at % 86_400_000) / 86_400_000;
  return measuresOf(shows.filter((show) => show.day + (14 + show.hours) / 24 <= day && (account === undefined || show.account === account)), day, 1.25);
};

/** What stood idle by an instant of the month. */
export const overheadsSoFar = (at: number): Measures => {
  const days = new Date(at).getUTCDate();
  return { streamingNanoUsd: nano(days * 0.48), streamingChargeNanoUsd: nano(days * 0.48) };
};
