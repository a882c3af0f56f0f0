/** A half-open interval in milliseconds since the Unix epoch. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export const minuteMilliseconds = 60_000;

/** The UTC month of an instant: `2026-11`. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** When a UTC month begins and ends. @throws RangeError when it is no month */
export const monthInterval = (month: string): Interval => {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!match) throw new RangeError(`"${month}" is no month, expected one such as 2026-11`);
  const [year, index] = [Number(match[1]), Number(match[2])];
  return { from: Date.UTC(year, index - 1), to: Date.UTC(year, index) };
};

/** The UTC month after another. @throws RangeError when it is none */
export const monthAfter = (month: string): string => monthOf(monthInterval(month).to);

/** An interval cut at the boundaries of UTC months; empty for an empty interval. */
export const splitByMonth = ({ from, to }: Interval): readonly (Interval & { readonly month: string })[] => {
  const parts: (Interval & { month: string })[] = [];
  for (let start = from; start < to; ) {
    const month = monthOf(start);
    const end = Math.min(monthInterval(month).to, to);
    parts.push({ month, from: start, to: end });
    start = end;
  }
  return parts;
};

/** The whole minute that an instant lies in. */
export const floorMinute = (at: number): number => Math.floor(at / minuteMilliseconds) * minuteMilliseconds;

/** The first whole minute that is not before an instant. */
export const ceilMinute = (at: number): number => Math.ceil(at / minuteMilliseconds) * minuteMilliseconds;

/** ISO 8601 UTC with milliseconds. */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** The part of an interval that lies in another; empty intervals have `to` = `from`. */
export const intersection = (left: Interval, right: Interval): Interval => {
  const from = Math.max(left.from, right.from);
  return { from, to: Math.max(from, Math.min(left.to, right.to)) };
};
