import { join } from 'node:path';
import type { DemoPipeline } from './demo-pipelines.ts';
import { usdOf } from './exact-usd.ts';
import { notApplicable, type Independent } from './independent.ts';
import { priceLines, type PriceList } from './price-list.ts';
import type { Results } from './read-results.ts';
import type { ShownShow } from './run-show.ts';
import type { StoredObject, Witness } from './witness.ts';

/** What counts a show without the platform, and where. */
export interface Counting {
  readonly witness: Witness;
  readonly priceList: PriceList;
  readonly buckets: { readonly archive: string; readonly recordings: string };
  /** Where files are downloaded to. */
  readonly folder: string;
}

const bytesOf = (objects: readonly StoredObject[]): number => objects.reduce((bytes, object) => bytes + object.bytes, 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const ending = (objects: readonly StoredObject[], suffix: string): StoredObject[][] => objects.filter(({ key }) => key.endsWith(suffix)).map((object) => [object]);

/** The segments of each rendition of HLS, in the order of their numbers: `…_480p_00001.ts`, `…/720p30/1.ts`. */
export const renditionsOf = (objects: readonly StoredObject[]): StoredObject[][] => {
  const segments = objects.flatMap((object) => {
    const [, rendition, number] = /^(.*?)(\d+)\.ts$/.exec(object.key) ?? [];
    return rendition === undefined ? [] : [{ rendition, number: Number(number), object }];
  });
  const inOrder = segments.toSorted((one, other) => one.number - other.number);
  return [...Map.groupBy(inOrder, ({ rendition }) => rendition).values()].map((row) => row.map(({ object }) => object));
};

/** Whole seconds of each output, at least ten. https://aws.amazon.com/mediaconvert/pricing/ */
export const billableSecondsOf = (outputs: readonly number[]): number => sum(outputs.map((seconds) => Math.max(10, Math.ceil(seconds))));

/** Counts what lies in the buckets, plays the files through ffprobe, and asks the Price List. */
export const countShow = async ({ witness, priceList, buckets, folder }: Counting, kind: DemoPipeline['kind'], show: ShownShow, { lines }: Pick<Results, 'lines'>): Promise<Independent> => {
  const durations = async (files: readonly (readonly StoredObject[])[]): Promise<number[]> => {
    const seconds = [];
    for (const [index, objects] of files.entries()) {
      const file = join(folder, `witness-${index}`);
      await witness.download(objects, file);
      seconds.push(witness.pictureSeconds(file));
    }
    return seconds;
  };
  const recordings = await witness.list(buckets.recordings);
  const [films, renditions] = [await durations(ending(recordings, '.mp4')), await durations(renditionsOf(recordings))];
  const converted = kind === 'CAM' ? films : [...films, ...renditions];
  const shared = {
    pushedSeconds: show.pushedSeconds,
    viewerBytes: show.viewing.receivedBytes,
    viewerRequests: show.viewing.requests,
    watchedSeconds: show.viewing.seconds,
    refusedStatus: show.refusedViewer.status,
    pushAfterStop: show.pushAfterStop,
    recordingBytes: bytesOf(recordings),
    recordingObjects: recordings.length,
    mp4Seconds: sum(films),
    hlsSeconds: Math.max(0, ...renditions),
    hlsRenditionSeconds: sum(renditions),
    convertedSeconds: sum(converted),
    convertedBillableSeconds: billableSecondsOf(converted),
    convertedOutputs: converted.length,
    priceListUsd: usdOf(await priceLines(priceList, lines)),
  };
  if (kind === 'CAM') {
    const none = { ranSeconds: notApplicable, strayBytes: notApplicable, bodyBytesFromOrigin: notApplicable, archiveBytes: notApplicable, archiveObjects: notApplicable, archiveSeconds: notApplicable } as const;
    return { kind, ...shared, ...none };
  }
  const archive = await witness.list(buckets.archive);
  return {
    kind,
    ...shared,
    ranSeconds: show.ranSeconds ?? Number.NaN,
    strayBytes: show.refusedViewer.bytes,
    bodyBytesFromOrigin: show.viewing.bodyBytesFromOrigin,
    archiveBytes: bytesOf(archive),
    archiveObjects: archive.length,
    archiveSeconds: sum(await durations(ending(archive, '.ts'))),
  };
};
