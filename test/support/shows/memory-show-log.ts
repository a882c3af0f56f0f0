import type { ShowLog, ShowLogEntry, ShowLogFilter } from '../../../lambda/domain/breakouts/log/show-log.ts';
import { pageOf } from './memory-plans.ts';

const placeOf = ({ at, id }: Pick<ShowLogEntry, 'at' | 'id'>): string => `${at}#${id}`;

const matches = ({ type, name, from, to }: ShowLogFilter, entry: ShowLogEntry): boolean =>
  (type === undefined || entry.type === type) &&
  (name === undefined || entry.name === name) &&
  (from === undefined || entry.at >= from) &&
  (to === undefined || entry.at < to);

/** Logs of shows in memory. */
export const memoryShowLog = (): ShowLog & { readonly kept: ShowLogEntry[] } => {
  const kept: ShowLogEntry[] = [];
  const inOrder = (wanted: (entry: ShowLogEntry) => boolean): ShowLogEntry[] =>
    kept.filter(wanted).sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return {
    kept,
    async note(entry) {
      if (kept.some(({ breakoutId, id }) => breakoutId === entry.breakoutId && id === entry.id)) return false;
      kept.push(entry);
      return true;
    },
    async withdraw({ breakoutId, at, id }) {
      const index = kept.findIndex((entry) => entry.breakoutId === breakoutId && placeOf(entry) === placeOf({ at, id }));
      if (index >= 0) kept.splice(index, 1);
    },
    entries: async (breakoutId) => inOrder((entry) => entry.breakoutId === breakoutId),
    list: async (breakoutId, filter, page) => pageOf(inOrder((entry) => entry.breakoutId === breakoutId && matches(filter, entry)), placeOf, page),
    listByAccount: async (accountId, filter, page) => pageOf(inOrder((entry) => entry.accountId === accountId && matches(filter, entry)), placeOf, page),
  };
};
