import { deleteRecording } from '../../../lambda/domain/recordings/delete-recording.ts';
import type { Recording } from '../../../lambda/domain/recordings/recording.ts';
import { storedTogether } from '../../../lambda/domain/recordings/stored-intervals.ts';
import { accrue } from '../../../lambda/domain/usage/accrual/accrue.ts';
import { bookAccrual } from '../../../lambda/domain/usage/accrual/book-accrual.ts';
import { makeDue } from '../../../lambda/domain/usage/accrual/make-due.ts';
import { takeInventory } from '../../../lambda/domain/usage/inventory/take-inventory.ts';
import { measureFinal } from '../../../lambda/domain/usage/measure-breakout.ts';
import type { StoredObject } from '../../../lambda/domain/usage/meters/storage-meter.ts';
import { allLines } from '../../../lambda/domain/usage/reading/all-lines.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import { aCaller } from '../shows/a-plan.ts';
import { aMeteredPipeline, aRecording, aStoppedBreakout } from './a-show.ts';
import { itemIds } from './ids.ts';
import { recordedIn } from './inventory-world.ts';
import { measuredShow } from './measured-show.ts';
import { memoryStrayDays } from './memory-overheads.ts';
import { memoryUsageHistory } from './memory-usage-history.ts';
import { memoryUsageStore } from './memory-usage-store.ts';

/** An object as S3 has it: charged until it goes, and listed a while longer where it expires. */
export interface RealObject extends StoredObject {
  readonly goesAt?: number;
  readonly listedUntil?: number;
}

const archiveName = (index: number): string => `pl_main/archive-20261123T100030_${String(index).padStart(6, '0')}.ts`;

/** What a show has archived, which expires after so many days; each is listed for some time more. */
export interface ArchivedBytes {
  readonly storedAt: number;
  readonly bytes: bigint;
  readonly lagMilliseconds: number;
}

/** A show with its two buckets as they really are, and everything that books what they hold; `pause` lets others run wherever something is written or read. */
export const storageWorld = (archive: readonly ArchivedBytes[], archiveDays: number, expiryOf: (storedAt: number) => number, pause: () => Promise<void>) => {
  const { deps: measured, holdings } = measuredShow();
  const usage = memoryUsageStore(() => 'none', pause);
  const state = {
    now: 0,
    archive: archive.map(({ storedAt, bytes, lagMilliseconds }, index): RealObject => ({ key: archiveName(index), storedAt, bytes, goesAt: expiryOf(storedAt), listedUntil: expiryOf(storedAt) + lagMilliseconds })),
    recordings: [] as readonly RealObject[],
    recording: aRecording({ jobs: [] }),
  };
  state.recording = aRecording({ jobs: [], archive: { days: archiveDays, stored: storedTogether(state.archive) } });
  const listed = async (bucket: string): Promise<readonly StoredObject[]> => {
    await pause();
    return (bucket === 'archive' ? state.archive : state.recordings)
      .filter(({ storedAt, goesAt = Infinity, listedUntil = goesAt }) => storedAt <= state.now && listedUntil > state.now)
      .map(({ key, bytes, storedAt }) => ({ key, bytes, storedAt }));
  };
  const paused = { ...holdings, get: async (breakoutId: string) => (await pause(), holdings.get(breakoutId)), save: async (...saved: Parameters<typeof holdings.save>) => (await pause(), holdings.save(...saved)) };
  const pipeline = aMeteredPipeline({ archive: { bucket: 'archive', keyPrefix: 'pl_main/archive', rolloverSeconds: 300 } });
  const deps = {
    ...measured,
    usage,
    history: memoryUsageHistory(usage.moves),
    holdings: paused,
    pipelines: { get: async () => pipeline, list: async () => [pipeline] },
    breakouts: { get: async () => aStoppedBreakout({ status: 'COMPLETED' }) },
    recordings: { get: async () => (await pause(), state.recording), save: async (recording: Recording) => void (state.recording = recording) },
    objects: {
      list: listed,
      async *pages(bucket: string) {
        yield await listed(bucket);
      },
      remove: async (_bucket: string, keys: readonly string[]) => {
        await pause();
        const at = Date.parse(state.recording.deleted?.at ?? '');
        state.recordings = state.recordings.map((object) => (keys.includes(object.key) && object.goesAt === undefined ? { ...object, goesAt: at } : object));
      },
    },
    strays: memoryStrayDays(),
    camRuns: { list: async () => [] },
    holds: { claimedIn: async () => [] },
    archiveBucket: 'archive',
    now: () => new Date(state.now),
    leaveAt: Infinity,
  };
  const deletion = deleteRecording({ ...deps, coldDays: 0, makeDue: makeDue({ holdings: paused, now: () => state.now }), endCharges: bookAccrual(deps), now: () => state.now });
  return {
    state, usage,
    finalise: () => measureFinal(deps)({ breakoutId: itemIds.breakout, attempt: 1 }),
    inventory: () => takeInventory(deps)(),
    accrue: () => accrue(deps)(),
    remove: () => deletion({ caller: aCaller({ accountId: itemIds.account }), breakoutId: itemIds.breakout, recordingId: state.recording.recordingId }),
    /** Something is written beside what there is. */
    write: (bytes: bigint, storedAt: number): void => void (state.recordings = [...state.recordings, { key: `${recordedIn}mp4/${state.recordings.length}.mp4`, bytes, storedAt }]),
    lines: async (month: string): Promise<readonly UsageLine[]> => {
      const head = await usage.head({ kind: 'BREAKOUT', breakoutId: itemIds.breakout }, month);
      return head ? allLines(usage, head) : [];
    },
  };
};
