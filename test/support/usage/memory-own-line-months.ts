import { bookingsOf, type OwnLineMonths } from '../../../lambda/domain/usage/own-lines/own-line-months.ts';
import type { HeadMove } from '../../../lambda/domain/usage/usage-store.ts';

/** Counts bookings in memory, as part of a store's transactions, and keeps how far own lines have followed. */
export const memoryOwnLineMonths = (): OwnLineMonths & { readonly count: (move: HeadMove) => void } => {
  const booked = new Map<string, bigint>();
  const followed = new Map<string, bigint>();
  return {
    count: (move) => void booked.set(move.head.month, (booked.get(move.head.month) ?? 0n) + bookingsOf(move)),
    ownLineMonths: async () =>
      [...new Set([...booked.keys(), ...followed.keys()])].sort().map((month) => {
        const known = followed.get(month);
        return { month, bookings: booked.get(month) ?? 0n, ...(known === undefined ? {} : { followed: known }) };
      }),
    followed: async (month, bookings) => void followed.set(month, bookings),
  };
};
