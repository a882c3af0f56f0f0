import type { DeliveryLogRow } from '../delivery-log.ts';
import { heldSeries } from '../meters/held-series.ts';
import { onDemandSeries } from '../meters/on-demand-meter.ts';
import type { StorageFacts } from '../meters/storage-meter.ts';
import type { RawSeries } from '../usage-line.ts';

/** The raw series behind a month's lines of what accrues: what is held, and what viewers of recordings were sent. */
export const accruingSeries = (places: readonly StorageFacts[], rows: readonly DeliveryLogRow[], month: string): readonly RawSeries[] => [
  ...places.flatMap((facts) => heldSeries(facts, month)),
  ...onDemandSeries(rows),
];

/** The series of a version that do not accrue, and stay as they are. */
export const settledSeries = (series: readonly RawSeries[]): readonly RawSeries[] => series.filter(({ name }) => !/^(storage|delivery\/recordings)\//.test(name));
