import { hourOf, type CountedLogFile, type DeliveryLogStore, type LogFile, type SetAsideLogFile } from '../../../lambda/domain/usage/delivery-log.ts';
import type { LateLog, LateLogs } from '../../../lambda/domain/usage/late/late-log.ts';
import { sumRows } from '../../../lambda/domain/usage/sum-rows.ts';

const nameOf = ({ distributionId, source }: LogFile): string => `${distributionId} ${source}`;

/** Keeps log totals in memory. */
export const memoryDeliveryLog = () => {
  const counted = new Map<string, CountedLogFile>();
  const late = new Map<string, LateLog>();
  const aside = new Map<string, SetAsideLogFile>();
  const store: DeliveryLogStore = {
    isCounted: async (file) => counted.has(nameOf(file)),
    keep: async (file) => {
      if (counted.has(nameOf(file))) return;
      counted.set(nameOf(file), file);
      if (file.late) late.set(nameOf(file), { distributionId: file.distributionId, source: file.source, ...file.late });
      aside.delete(nameOf(file));
    },
    setAside: async (file) => void aside.set(nameOf(file), file),
    rows: async (distributionId, { from, to }) =>
      sumRows([...counted.values()].filter((file) => file.distributionId === distributionId).flatMap(({ rows }) => rows).filter(({ minute }) => minute >= from && minute < to)),
    filesSetAside: async (distributionId, { from, to }) =>
      [...aside.values()].filter((file) => file.distributionId === distributionId && file.hour >= hourOf(from) && file.hour <= hourOf(to)),
  };
  const lateLogs: LateLogs = {
    list: async () => [...late.values()].sort((one, other) => one.from - other.from),
    forget: async ({ distributionId, source }) => void late.delete(nameOf({ distributionId, source, hour: '' })),
  };
  return { store, lateLogs, counted, aside };
};
