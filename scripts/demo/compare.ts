import { join } from 'node:path';
import { exactly, within, type Check } from './checks.ts';
import type { Results } from './read-results.ts';
import type { ShownShow } from './run-show.ts';
import type { StoredObject, Witness } from './witness.ts';

/** What was counted without the platform. */
export interface Independent {
  readonly viewerBytes: number;
  readonly strayBytes: number;
  readonly viewerRequests: number;
  readonly bodyBytesFromOrigin: number;
  readonly watchedSeconds: number;
  readonly ranSeconds: number;
  readonly archiveBytes: number;
  readonly recordingBytes: number;
  readonly archiveSeconds: number;
  readonly recordingSeconds: number;
  /** Of the MP4 and of every rendition of HLS, added up. */
  readonly convertedSeconds: number;
  readonly convertedOutputs: number;
}

interface Buckets {
  readonly archive: string;
  readonly recordings: string;
}

const sum = (objects: readonly StoredObject[]): number => objects.reduce((bytes, object) => bytes + object.bytes, 0);

/** The segments of each rendition of HLS: `…_480p_00001.ts`, in order. */
const renditionsOf = (recordings: readonly StoredObject[]): StoredObject[][] => {
  const segments = recordings.filter(({ key }) => /_\d{5}\.ts$/.test(key)).toSorted((one, other) => one.key.localeCompare(other.key));
  return [...Map.groupBy(segments, ({ key }) => key.slice(0, -'_00001.ts'.length)).values()];
};

/** Counts what lies in the buckets, and plays the files through ffprobe. */
export const countIndependently = async (witness: Witness, buckets: Buckets, folder: string, show: ShownShow): Promise<Independent> => {
  const [archive, recordings] = await Promise.all([witness.list(buckets.archive), witness.list(buckets.recordings)]);
  /** Seconds of what lists of objects are when they are joined, added up. */
  const durations = async (files: readonly (readonly StoredObject[])[]): Promise<number> => {
    let seconds = 0;
    for (const [index, objects] of files.entries()) {
      const file = join(folder, `witness-${index}`);
      await witness.download(objects, file);
      seconds += witness.duration(file);
    }
    return seconds;
  };
  const ending = (objects: readonly StoredObject[], suffix: string): StoredObject[][] => objects.filter(({ key }) => key.endsWith(suffix)).map((object) => [object]);
  const renditions = renditionsOf(recordings);
  const recordingSeconds = await durations(ending(recordings, '.mp4'));
  return {
    viewerBytes: show.viewing.receivedBytes,
    strayBytes: show.strayBytes,
    viewerRequests: show.viewing.requests,
    bodyBytesFromOrigin: show.viewing.bodyBytesFromOrigin,
    watchedSeconds: show.viewing.seconds,
    ranSeconds: show.ranSeconds,
    archiveBytes: sum(archive),
    recordingBytes: sum(recordings),
    archiveSeconds: await durations(ending(archive, '.ts')),
    recordingSeconds,
    convertedSeconds: recordingSeconds + (await durations(renditions)),
    convertedOutputs: 1 + renditions.length,
  };
};

/** USD of lines, exactly: nano-dollars as integers. */
const nanoDollars = (usd: string): bigint => {
  const [whole = '0', fraction = ''] = usd.split('.');
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
};

const frameSeconds = 1 / 30;
const segmentSeconds = 6;
// EventBridge tells whole seconds, and the witness looks every 0.2 s.
const eventSeconds = 1;
const lookSeconds = 0.5;

/** The quantity of all lines whose keys match. */
const quantityOf = (lines: Results['lines'], key: RegExp): bigint => lines.filter((line) => key.test(line.key)).reduce((sum, { quantity }) => sum + BigInt(quantity?.amount ?? 0), 0n);

const deliveryChecks = ({ usage: { breakout }, lines, audience }: Results, { viewerBytes, strayBytes, viewerRequests }: Independent): Check[] => {
  const { delivery } = breakout.categories;
  const number = (value: string | null | undefined): bigint => BigInt(value ?? 0);
  const edgeBytes = quantityOf(lines, /^delivery\/edge$/);
  const unattributedBytes = quantityOf(lines, /^delivery\/unattributed\/.*\/transfer$/);
  return [
    exactly('bytes of the show: what the viewer\'s socket received', viewerBytes, number(delivery?.attributedBytes)),
    exactly('bytes of no show: one stray request', strayBytes, unattributedBytes),
    exactly('bytes that no access log tells of', 0, number(delivery?.unloggedBytes)),
    exactly('attributed + unlogged + unattributed = the edge\'s total', edgeBytes, number(delivery?.attributedBytes) + number(delivery?.unloggedBytes) + unattributedBytes),
    exactly('the edge\'s total: all that was received', viewerBytes + strayBytes, edgeBytes),
    exactly('what the show bears of it: all but the stray request', viewerBytes, number(delivery?.edgeBytes)),
    exactly('requests: the viewer\'s, without the stray one', viewerRequests, number(delivery?.edgeRequests)),
    exactly('the audience by the logs: one viewer, on one device', '1 on 1', `${audience?.uniqueViewers?.value ?? 0} on ${audience?.peakConcurrentSessions?.value ?? 0}`),
  ];
};

const durationChecks = ({ usage: { breakout } }: Results, independent: Independent): Check[] => {
  const { streaming, conversion } = breakout.categories;
  return [
    within('streaming: the channel running, as seen from outside', eventSeconds + lookSeconds, 's', independent.ranSeconds, Number(streaming?.runMilliseconds ?? 0) / 1000),
    within('conversion: every output\'s duration by ffprobe', frameSeconds * 2 * independent.convertedOutputs, 's', independent.convertedSeconds, Number(conversion?.milliseconds ?? 0) / 1000),
    within('the MP4 is as long as the archive', frameSeconds * 2, 's', independent.archiveSeconds, independent.recordingSeconds),
    within('the viewer saw as much as was archived', segmentSeconds, 's', independent.archiveSeconds, independent.watchedSeconds),
  ];
};

/** What holds of every show: its sums to the last digit, and that all of it has a price. */
export const sumChecks = (results: Results): Check[] => {
  const { breakout, event, account } = results.usage;
  const borne = results.lines.filter(({ owner }) => owner === 'BREAKOUT');
  return [
    exactly('the lines sum to the breakout, in nano-dollars', borne.reduce((total, { usd }) => total + nanoDollars(usd ?? '0'), 0n), nanoDollars(breakout.totalUsd)),
    exactly('the breakout sums to the event', breakout.totalUsd, event.totalUsd),
    exactly('the event sums to the account', event.totalUsd, account.totalUsd),
    exactly('lines without a price', 0, borne.filter(({ unpriced }) => unpriced !== undefined).length),
    exactly('the recording', 'READY', results.recording.status),
  ];
};

/** Compares what the platform says with what was counted. */
export const compare = (results: Results, independent: Independent): Check[] => {
  const { packaging, storage } = results.usage.breakout.categories;
  return [
    ...deliveryChecks(results, independent),
    exactly('packaging: bodies that the edge fetched from the packager', independent.bodyBytesFromOrigin, BigInt(packaging?.egressBytes ?? 0)),
    ...durationChecks(results, independent),
    exactly('storage: bytes in the buckets', independent.archiveBytes + independent.recordingBytes, BigInt(storage?.bytesHeld ?? 0)),
    ...sumChecks(results),
  ];
};
