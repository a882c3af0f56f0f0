import { dayInterval } from '../calendar-day.ts';
import type { DeliveryLogRow } from '../delivery-log.ts';
import { sumRows } from '../sum-rows.ts';

/** Keeps what viewers of recordings were sent, by breakout and UTC day. Logs come late: a day is set anew whenever it is counted. */
export interface OnDemandTraffic {
  /** Sets a breakout's day; answers whether that changed anything. */
  keep(breakoutId: string, day: string, rows: readonly DeliveryLogRow[]): Promise<boolean>;
  /** The rows of all days of a UTC month, by hour. */
  month(breakoutId: string, month: string): Promise<readonly DeliveryLogRow[]>;
}

const hourMilliseconds = 3_600_000;

/** Rows summed by the hour, so that what was watched is known when it was. */
export const rowsOfHours = (rows: readonly DeliveryLogRow[]): readonly DeliveryLogRow[] => sumRows(rows.map((row) => ({ ...row, minute: Math.floor(row.minute / hourMilliseconds) * hourMilliseconds })));

/** Rows of a day as one instant, its beginning: nothing is charged by the hour. */
export const rowsOfDay = (rows: readonly DeliveryLogRow[], day: string): readonly DeliveryLogRow[] => {
  const { from: minute } = dayInterval(day);
  return sumRows(rows.map((row) => ({ ...row, minute })));
};
