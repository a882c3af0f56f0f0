import { bookStrays } from './book-strays.ts';
import { inventoryArchive, type InventoryArchiveDeps } from './inventory-archive.ts';
import { inventoryRecordings, type InventoryRecordingsDeps } from './inventory-recordings.ts';
import type { Inventoried } from './inventory.ts';

/** What taking the inventory of both buckets needs. */
export type TakeInventoryDeps = InventoryArchiveDeps & InventoryRecordingsDeps;

/** What the inventory of a bucket came to. */
export interface TakenInventory extends Omit<Inventoried, 'strays'> {
  readonly place: 'archive' | 'recordings';
  readonly strays: number;
  readonly strayBytes: bigint;
}

/**
 * Compares what is stored with what is charged for, bucket by bucket: differences are booked, and what is nobody's is
 * the platform's. Taking it again changes nothing. A show that is not settled is left to its own measurement.
 */
export const takeInventory =
  (deps: TakeInventoryDeps) =>
  async (): Promise<readonly TakenInventory[]> => {
    const taken: TakenInventory[] = [];
    const places = [
      { place: 'archive', bucket: deps.archiveBucket, take: inventoryArchive(deps) },
      { place: 'recordings', bucket: deps.recordingsBucket, take: inventoryRecordings(deps) },
    ] as const;
    for (const { place, bucket, take } of places) {
      const at = deps.now().getTime();
      const { strays, ...rest } = await take(at);
      // What could not be compared may be somebody's: the day's strays are not known then.
      if (rest.failed.length === 0) await bookStrays(deps)({ place, bucket }, strays, at);
      taken.push({ ...rest, place, strays: strays.length, strayBytes: strays.reduce((sum, { bytes }) => sum + bytes, 0n) });
    }
    return taken;
  };
