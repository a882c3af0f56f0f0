import { countedByMinute } from '../../recordings/cam/in-place.ts';
import { cooling } from '../../recordings/cooling.ts';
import { storedTogether, type StoredTogether } from '../../recordings/stored-intervals.ts';
import type { StoredObject } from '../meters/storage-meter.ts';
import { camFolders, type CamFoldersDeps } from './cam-folders.ts';
import { groupedKeys, type KeyGroup } from './grouped-keys.ts';
import { allHolding, isUnsettled, type Inventoried } from './inventory.ts';
import { reconcileHolding, type ReconciledHolding } from './reconcile-holding.ts';

/** What an inventory of the recordings needs. */
export interface InventoryRecordingsDeps extends CamFoldersDeps {
  readonly recordingsBucket: string;
  /** After how many days recordings go over to storage for what is seldom read; 0 = never. */
  readonly recordingsColdDays: number;
}

/** What the inventory has come to so far. */
interface Tally {
  readonly corrected: string[];
  readonly strays: StoredObject[];
  readonly failed: { readonly what: string; readonly error: unknown }[];
}

const place = 'recordings';

/** What a group holds by when it was stored: what IVS records, from the next whole minute. */
const storedOf = ({ recordingsColdDays }: InventoryRecordingsDeps, { folder, objects }: KeyGroup): readonly StoredTogether[] =>
  storedTogether(cooling(folder === undefined ? objects : objects.map(countedByMinute), recordingsColdDays));

const reconcile = async (deps: InventoryRecordingsDeps, breakoutId: string, stored: readonly StoredTogether[], at: number, { corrected }: Tally): Promise<ReconciledHolding> => {
  // Read now: it may have been deleted since the listing began.
  const recording = await deps.recordings.get(breakoutId);
  const outcome = await reconcileHolding(deps)(breakoutId, { place, bucket: deps.recordingsBucket, stored }, at, recording);
  if (outcome === 'CORRECTED') corrected.push(breakoutId);
  return outcome;
};

/** Brings one breakout up to date by what is stored under its own name, or tells of it as nobody's. */
const settle = async (deps: InventoryRecordingsDeps, breakoutId: string, group: KeyGroup, at: number, tally: Tally): Promise<void> => {
  const { objects } = group;
  const deleted = (await deps.recordings.get(breakoutId))?.deleted;
  // Whoever deleted a recording pays no longer for what a deletion that died has left.
  const isGone = deleted !== undefined && Date.parse(deleted.at) < at && objects.length > 0;
  const isNobodys = isGone || ((await reconcile(deps, breakoutId, storedOf(deps, group), at, tally)) === 'UNSETTLED' && !(await isUnsettled(deps, breakoutId)));
  if (isNobodys) tally.strays.push(...objects);
};

/** One breakout that fails keeps no other from being compared. */
const guarded = async ({ failed }: Tally, what: string, compare: () => Promise<unknown>): Promise<void> => {
  try {
    await compare();
  } catch (error) {
    failed.push({ what, error });
  }
};

/**
 * Compares the bucket of recordings with what breakouts hold: what appeared or went unnoticed is booked as a correction,
 * and what is nobody's is answered. A recording of a Cam show is in two places: what was converted is under the
 * breakout's name, and what IVS recorded is in folders of its own.
 */
export const inventoryRecordings =
  (deps: InventoryRecordingsDeps) =>
  async (at: number): Promise<Inventoried> => {
    const tally: Tally = { corrected: [], strays: [], failed: [] };
    const folders = await camFolders(deps, at);
    const parts = new Map<string, readonly StoredTogether[]>([...folders.holders.values()].map((breakoutId) => [breakoutId, []]));
    const listed = new Set<string>();
    let count = 0;
    for await (const group of groupedKeys(deps.objects.pages(deps.recordingsBucket, ''))) {
      const { folder, objects } = group;
      count += objects.length;
      const breakoutId = folder === undefined ? group.breakoutId : folders.holders.get(folder);
      const known = breakoutId === undefined ? undefined : parts.get(breakoutId);
      if (breakoutId === undefined) tally.strays.push(...(folder !== undefined && folders.isAwaited(folder) ? [] : objects));
      else if (known !== undefined) parts.set(breakoutId, [...known, ...storedOf(deps, group)]);
      else await guarded(tally, breakoutId, () => settle(deps, breakoutId, group, at, tally));
      if (breakoutId !== undefined) listed.add(breakoutId);
    }
    for (const [breakoutId, stored] of parts) await guarded(tally, breakoutId, () => reconcile(deps, breakoutId, stored, at, tally));
    for await (const breakoutId of allHolding(deps)) {
      if (!listed.has(breakoutId) && !parts.has(breakoutId)) await guarded(tally, breakoutId, () => settle(deps, breakoutId, { objects: [] }, at, tally));
    }
    return { objects: count, ...tally };
  };
