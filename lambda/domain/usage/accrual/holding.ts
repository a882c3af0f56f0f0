import type { HeldPlace } from '../meters/storage-meter.ts';

/** What a settled show holds, as intervals of bytes: the truth that its storage is charged by, month after month. */
export interface Holding {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
  /** The Region whose prices apply. */
  readonly region: string;
  /** When the show had ended, milliseconds since the epoch. */
  readonly since: number;
  readonly places: readonly HeldPlace[];
  /** Up to when everything is booked. A fact of before moves it back. */
  readonly bookedUntil: number;
  /** Moves by one with every change. */
  readonly revision: number;
}

/** Keeps holdings: one a breakout. */
export interface HoldingStore {
  get(breakoutId: string): Promise<Holding | undefined>;
  /** Over the revision before it alone, the first over none; false = someone else wrote first, nothing was written. `lookAt` is when it has to be looked at next. */
  save(holding: Holding, lookAt: number | undefined): Promise<boolean>;
  /** Breakouts that have to be looked at by then, those that wait longest first; may lag a moment behind writes. */
  due(at: number, limit: number, after?: DueHolding): Promise<readonly DueHolding[]>;
}

/** A breakout whose holding has to be looked at, and since when. */
export interface DueHolding {
  readonly breakoutId: string;
  readonly lookAt: number;
}
