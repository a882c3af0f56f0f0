import type { Interval } from '../../usage/calendar-month.ts';

/** Recordings of one channel that can be played as one: what it began to record from one minute to another, both included. */
export interface RecordedSpan {
  /** Where the channel's recordings are, without a slash at the end. */
  readonly channelFolder: string;
  /** Minutes since the epoch. */
  readonly firstMinute: number;
  readonly lastMinute: number;
}

/** `ivs/v1/<account>/<channel>/<year>/<month>/<day>/<hour>/<minute>/<id>/`. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html */
const placed = /^(.+)\/(\d{1,4})\/(\d{1,2})\/(\d{1,2})\/(\d{1,2})\/(\d{1,2})\/[^/]+\/$/;

const placeOf = (folder: string): { readonly channelFolder: string; readonly minute: number } | undefined => {
  const [, channelFolder, year, month, day, hour, minute] = placed.exec(folder) ?? [];
  if (channelFolder === undefined) return undefined;
  return { channelFolder, minute: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) / 60_000 };
};

/** The span of these folders; undefined where they are not of one channel. */
export const spanOf = (folders: readonly string[]): RecordedSpan | undefined => {
  const places = folders.map(placeOf);
  const [first] = places;
  if (first === undefined || places.some((place) => place?.channelFolder !== first.channelFolder)) return undefined;
  const minutes = places.flatMap((place) => place?.minute ?? []);
  return { channelFolder: first.channelFolder, firstMinute: Math.min(...minutes), lastMinute: Math.max(...minutes) };
};

/** Whether a folder is one that the span's token opens. */
export const isWithin = ({ channelFolder, firstMinute, lastMinute }: RecordedSpan, folder: string): boolean => {
  const place = placeOf(folder);
  return place !== undefined && place.channelFolder === channelFolder && place.minute >= firstMinute && place.minute <= lastMinute;
};

/** When everything in the span began, and a minute more on either side: a folder's minute is the service's, as its times are. */
export const intervalAround = ({ firstMinute, lastMinute }: RecordedSpan): Interval => ({ from: (firstMinute - 1) * 60_000, to: (lastMinute + 2) * 60_000 });

/** How viewers' paths name it, and tokens. */
export const spanText = ({ firstMinute, lastMinute }: RecordedSpan): string => `${firstMinute}-${lastMinute}`;
