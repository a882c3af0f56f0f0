import { cooling } from '../../recordings/cooling.ts';
import { storedTogether } from '../../recordings/stored-intervals.ts';
import type { StoredObject } from '../meters/storage-meter.ts';
import { allHolding, isCamShow, isUnsettled, type Inventoried, type InventoryDeps } from './inventory.ts';
import { reconcileHolding } from './reconcile-holding.ts';

/** What an inventory of the recordings needs. */
export interface InventoryRecordingsDeps extends InventoryDeps {
  readonly recordingsBucket: string;
  /** After how many days recordings go over to storage for what is seldom read; 0 = never. */
  readonly recordingsColdDays: number;
}

const place = 'recordings';

/** Where Amazon IVS records. Source: https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html */
const camPrefix = 'ivs/v1/';

/** `account/event/breakout/…` */
const keyPattern = /^acc_[^/]+\/evt_[^/]+\/(bko_[^/]+)\//;

/** The objects of one breakout after the other, as they follow each other by key; under no id those that name none. */
async function* byBreakout(pages: AsyncIterable<readonly StoredObject[]>): AsyncGenerator<readonly [breakoutId: string | undefined, objects: readonly StoredObject[]]> {
  let current: string | undefined;
  let objects: StoredObject[] = [];
  for await (const page of pages) {
    for (const object of page) {
      if (object.key.startsWith(camPrefix)) continue;
      const breakoutId = keyPattern.exec(object.key)?.[1];
      if (breakoutId !== current && objects.length > 0) {
        yield [current, objects];
        objects = [];
      }
      current = breakoutId;
      objects.push(object);
    }
  }
  if (objects.length > 0) yield [current, objects];
}

/** Brings one breakout up to date; answers what of its objects nobody holds. */
const settle = async (deps: InventoryRecordingsDeps, breakoutId: string, objects: readonly StoredObject[], at: number, corrected: string[]): Promise<readonly StoredObject[]> => {
  const { recordingsBucket: bucket, recordingsColdDays } = deps;
  if (await isCamShow(deps, breakoutId)) return [];
  const recording = await deps.recordings.get(breakoutId);
  // Whoever deleted a recording pays no longer for what a deletion that died has left.
  if (recording?.deleted && Date.parse(recording.deleted.at) < at && objects.length > 0) return objects;
  const outcome = await reconcileHolding(deps)(breakoutId, { place, bucket, stored: storedTogether(cooling(objects, recordingsColdDays)) }, at, recording);
  if (outcome === 'CORRECTED') corrected.push(breakoutId);
  return outcome !== 'UNSETTLED' || (await isUnsettled(deps, breakoutId)) ? [] : objects;
};

/**
 * Compares the bucket of recordings with what breakouts hold: what appeared or went unnoticed is booked as a correction,
 * and what is nobody's is answered. One breakout that fails keeps no other from being compared.
 */
export const inventoryRecordings =
  (deps: InventoryRecordingsDeps) =>
  async (at: number): Promise<Inventoried> => {
    const corrected: string[] = [];
    const strays: StoredObject[] = [];
    const failed: { what: string; error: unknown }[] = [];
    const listed = new Set<string>();
    let count = 0;
    const compare = async (breakoutId: string, objects: readonly StoredObject[]): Promise<void> => {
      try {
        strays.push(...(await settle(deps, breakoutId, objects, at, corrected)));
      } catch (error) {
        failed.push({ what: breakoutId, error });
      }
    };
    for await (const [breakoutId, objects] of byBreakout(deps.objects.pages(deps.recordingsBucket, ''))) {
      count += objects.length;
      if (breakoutId === undefined) strays.push(...objects);
      else listed.add(breakoutId);
      if (breakoutId !== undefined) await compare(breakoutId, objects);
    }
    for await (const breakoutId of allHolding(deps)) if (!listed.has(breakoutId)) await compare(breakoutId, []);
    return { objects: count, corrected, strays, failed };
  };
