import { hourOf, type CountedLogFile, type DeliveryLogStore, type LogFile, type SetAsideLogFile } from '../../../lambda/domain/usage/delivery-log.ts';
import { sumRows } from '../../../lambda/domain/usage/sum-rows.ts';

const nameOf = ({ distributionId, source }: LogFile): string => `${distributionId} ${source}`;

/** Keeps log totals in memory. */
export const memoryDeliveryLog = () => {
  const counted = new Map<string, CountedLogFile>();
  const aside = new Map<string, SetAsideLogFile>();
  const store: DeliveryLogStore = {
    isCounted: async (file) => counted.has(nameOf(file)),
    keep: async (file) => {
      if (counted.has(nameOf(file))) return;
      counted.set(nameOf(file), file);
      aside.delete(nameOf(file));
    },
    setAside: async (file) => void aside.set(nameOf(file), file),
    rows: async (distributionId, { from, to }) =>
      sumRows([...counted.values()].filter((file) => file.distributionId === distributionId).flatMap(({ rows }) => rows).filter(({ minute }) => minute >= from && minute < to)),
    filesSetAside: async (distributionId, { from, to }) =>
      [...aside.values()].filter((file) => file.distributionId === distributionId && file.hour >= hourOf(from) && file.hour <= hourOf(to)),
  };
  return { store, counted, aside };
};
