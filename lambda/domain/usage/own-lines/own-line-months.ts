import type { HeadMove } from '../usage-store.ts';
import { isDerived } from './own-purposes.ts';

/** A charge period in which something is booked, or whose own lines are. */
export interface OwnLineMonth {
  readonly month: string;
  /** How many moves of what own lines follow from have been booked: each transaction counts itself. */
  readonly bookings: bigint;
  /** How many of them its own lines are known to have followed; absent while they have not been booked. */
  readonly followed?: bigint;
}

/** How far the own lines of months have followed what is booked. */
export interface OwnLineMonths {
  /** Every month in which something is booked, or whose own lines are, by month. One query of an item or two a month. */
  ownLineMonths(): Promise<readonly OwnLineMonth[]>;
  /** Keeps that a month's own lines are what so many bookings make of them. */
  followed(month: string, bookings: bigint): Promise<void>;
}

/** Whether something was booked in a month that its own lines may not have followed. */
export const isDue = ({ bookings, followed }: OwnLineMonth): boolean => bookings !== followed;

/** How many bookings a move counts as in its month: own lines follow from all but themselves. */
export const bookingsOf = ({ head: { owner } }: Pick<HeadMove, 'head'>): bigint => (isDerived(owner) ? 0n : 1n);
