import type { DeliveryLogRow } from '../../../lambda/domain/usage/delivery-log.ts';
import type { OnDemandTraffic } from '../../../lambda/domain/usage/on-demand/on-demand-traffic.ts';
import type { KnownPipeline, KnownPipelines } from '../../../lambda/domain/usage/overheads/known-pipelines.ts';
import type { StrayDay, StrayDays } from '../../../lambda/domain/usage/inventory/stray-storage.ts';
import type { CamOverheadDays } from '../../../lambda/domain/usage/overheads/cam-overhead-day.ts';
import type { CountedDay, CountedDays, OverheadDays } from '../../../lambda/domain/usage/overheads/overhead-day.ts';
import type { ChannelTurn, ChannelTurns } from '../../../lambda/domain/usage/overheads/unheld-runs.ts';

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) === JSON.stringify(other, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

/** Keeps what viewers of recordings were sent in memory. */
export const memoryOnDemandTraffic = (): OnDemandTraffic => {
  const days = new Map<string, readonly DeliveryLogRow[]>();
  return {
    keep: async (breakoutId, day, rows) => {
      const key = `${breakoutId} ${day}`;
      if (days.has(key) && same(days.get(key), rows)) return false;
      days.set(key, rows);
      return true;
    },
    month: async (breakoutId, month) => [...days].filter(([key]) => key.startsWith(`${breakoutId} ${month}-`)).sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, rows]) => rows),
  };
};

const memoryCountedDays = <Day extends CountedDay>(): CountedDays<Day> => {
  const days = new Map<string, Day>();
  return {
    keep: async (day) => void days.set(`${day.purpose} ${day.day}`, day),
    get: async (purpose, day) => days.get(`${purpose} ${day}`),
    month: async (purpose, month) => [...days.values()].filter((one) => one.purpose === purpose && one.day.startsWith(`${month}-`)).sort((one, other) => (one.day < other.day ? -1 : 1)),
  };
};

/** Keeps days of overheads in memory. */
export const memoryOverheadDays = (): OverheadDays => memoryCountedDays();

/** Keeps days of what Cam pipelines streamed for nobody in memory. */
export const memoryCamOverheadDays = (): CamOverheadDays => memoryCountedDays();

/** Remembers when channels ran for nobody in memory. */
export const memoryChannelTurns = (): ChannelTurns & { readonly noted: readonly ChannelTurn[] } => {
  const noted: ChannelTurn[] = [];
  const order = (): readonly ChannelTurn[] => noted.toSorted((one, other) => (`${one.at} ${String(one.isOn)}` < `${other.at} ${String(other.isOn)}` ? -1 : 1));
  return {
    noted,
    note: async (turn) => {
      if (!noted.some((one) => same(one, turn))) noted.push(turn);
    },
    around: async (pipelineId, { from, to }) => {
      const all = order().filter((turn) => turn.pipelineId === pipelineId && Date.parse(turn.at) < to);
      const lastEnd = all.findLastIndex(({ at, isOn }) => !isOn && Date.parse(at) < from);
      return all.slice(Math.max(0, lastEnd));
    },
  };
};

/** Remembers pipelines in memory. */
export const memoryKnownPipelines = (): KnownPipelines => {
  const known = new Map<string, KnownPipeline>();
  return {
    see: async (pipeline) => void known.set(pipeline.pipelineId, { ...pipeline, knownSince: known.get(pipeline.pipelineId)?.knownSince ?? pipeline.lastSeenAt }),
    list: async () => [...known.values()].sort((one, other) => (one.pipelineId < other.pipelineId ? -1 : 1)),
  };
};

/** Keeps days of what nobody holds in memory. */
export const memoryStrayDays = (): StrayDays => {
  const days = new Map<string, StrayDay>();
  return {
    keep: async (day) => void days.set(`${day.place} ${day.day}`, day),
    month: async (place, month) => [...days.values()].filter((one) => one.place === place && one.day.startsWith(`${month}-`)).sort((one, other) => (one.day < other.day ? -1 : 1)),
  };
};
