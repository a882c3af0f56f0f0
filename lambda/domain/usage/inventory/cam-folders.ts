import { camChannelId } from '../../pipelines/cam-pipeline.ts';
import { camPipelines } from '../../pipelines/cam-pipelines.ts';
import type { HoldHistory } from '../../pipelines/pipeline-hold.ts';
import type { PipelineRegistry } from '../../pipelines/pipeline.ts';
import { floorMinute, type Interval } from '../calendar-month.ts';
import { allHolding, holdsKnownMilliseconds, isUnsettled, type InventoryDeps } from './inventory.ts';

/** What knowing whose IVS's folders are needs. */
export interface CamFoldersDeps extends InventoryDeps {
  readonly pipelines: Pick<PipelineRegistry, 'list'>;
  readonly holds: HoldHistory;
}

/** Whose the folders are that IVS recorded into. */
export interface CamFolders {
  /** The breakouts that hold folders, by folder. */
  readonly holders: ReadonlyMap<string, string>;
  /** Whether a folder was begun while a show had the channel that is still to be measured. */
  isAwaited(folder: string): boolean;
}

/** Account, channel, year, month, day, hour and minute in UTC, and an id. Source: https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html */
const folderPattern = /^ivs\/v1\/\d+\/([A-Za-z0-9]+)\/(\d+)\/(\d+)\/(\d+)\/(\d+)\/(\d+)\/[A-Za-z0-9]+\//;

/** The folder of the service's recording that a key lies in; undefined when IVS did not record it. */
export const folderOfKey = (key: string): string | undefined => folderPattern.exec(key)?.[0];

interface Recorder extends Interval {
  readonly channelId: string;
}

/** When the recording of a folder began, by the minute, and of which channel. */
const beginningOf = (folder: string): { readonly channelId: string; readonly at: number } | undefined => {
  const [, channelId, year, month, day, hour, minute] = folderPattern.exec(folder) ?? [];
  return channelId === undefined ? undefined : { channelId, at: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) };
};

/** The channels of shows that are not settled, from when they were armed until they were empty. */
const recordersOf = async ({ camRuns }: CamFoldersDeps, breakoutId: string): Promise<readonly Recorder[]> =>
  (await camRuns.list(breakoutId)).map(({ channel, requestedAt, ended }) => ({ channelId: camChannelId({ channel }), from: floorMinute(Date.parse(requestedAt)), to: ended === undefined ? Infinity : Date.parse(ended.at) }));

/** The shows that were on Cam pipelines lately. */
const recentShows = async (deps: CamFoldersDeps, at: number): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (const { pipelineId } of await camPipelines(deps.pipelines).list()) {
    for (const { breakoutId } of await deps.holds.claimedIn(pipelineId, { from: at - holdsKnownMilliseconds, to: at })) found.add(breakoutId);
  }
  return found;
};

/**
 * Knows whose IVS's folders are: of the breakouts that hold something, by their recordings; of shows that are not settled, by
 * the time. What was deleted nobody holds. @throws UnavailableError
 */
export const camFolders = async (deps: CamFoldersDeps, at: number): Promise<CamFolders> => {
  const holders = new Map<string, string>();
  const hold = async (breakoutId: string): Promise<void> => {
    const { deleted, inPlace = [] } = (await deps.recordings.get(breakoutId)) ?? {};
    if (deleted && Date.parse(deleted.at) < at) return;
    for (const { folder } of inPlace) holders.set(folder, breakoutId);
  };
  const recorders: Recorder[] = [];
  const recent = await recentShows(deps, at);
  for await (const breakoutId of allHolding(deps)) await hold(breakoutId);
  for (const breakoutId of recent) {
    if (!(await isUnsettled(deps, breakoutId))) continue;
    await hold(breakoutId);
    recorders.push(...(await recordersOf(deps, breakoutId)));
  }
  return {
    holders,
    isAwaited(folder) {
      const began = beginningOf(folder);
      return began !== undefined && recorders.some(({ channelId, from, to }) => channelId === began.channelId && began.at >= from && began.at < to);
    },
  };
};
