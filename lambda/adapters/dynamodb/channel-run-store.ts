import { itemKey } from '../../contract/table-keys.ts';
import { camRunWithObservation } from '../../domain/breakouts/cam/cam-run.ts';
import { withObservation } from '../../domain/breakouts/channel-run.ts';
import type { CamRunStore, ChannelRunStore, RunObservation, RunStore, ShowRunStore } from '../../domain/breakouts/channel-run-store.ts';
import { UnavailableError } from '../../domain/shared/errors.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { isCamRun, isChannelRun, runCodec, type StoredRun } from './run-item.ts';
import type { Table } from './table.ts';

const maximumTries = 8;

const change = async (table: Table, breakoutId: string, attempt: number, next: (run: StoredRun) => StoredRun): Promise<StoredRun | undefined> => {
  const key = itemKey.channelRun(breakoutId, attempt);
  for (let tries = 0; tries < maximumTries; tries += 1) {
    const item = await table.get(key);
    if (item === undefined) return undefined;
    const { run, revision } = runCodec.decode(item);
    const changed = next(run);
    const put = { ...runCodec.encode({ run: changed, revision: revision + 1 }), ...key };
    if (await attempted(table.put(put, equals('revision', revision)))) return changed;
  }
  throw new UnavailableError({ code: 'run-contended', message: `run ${attempt} of ${breakoutId} was changed by others ${maximumTries} times: try again` });
};

const observed = (run: StoredRun, seen: RunObservation): StoredRun => (isCamRun(run) ? camRunWithObservation(run, seen) : withObservation(run, seen));

const isAnyRun = (run: StoredRun): run is StoredRun => isCamRun(run) || isChannelRun(run);

/** The runs of one kind, or of all; others are not there. */
const runsOf = <Run extends StoredRun>(table: Table, isWanted: (run: StoredRun) => run is Run): RunStore<Run> => {
  const wanted = (run: StoredRun | undefined): Run | undefined => (run !== undefined && isWanted(run) ? run : undefined);
  const get = async (breakoutId: string, attempt: number): Promise<Run | undefined> => {
    const item = await table.get(itemKey.channelRun(breakoutId, attempt));
    return item === undefined ? undefined : wanted(runCodec.decode(item).run);
  };
  return {
    get,
    async list(breakoutId) {
      const items = await table.query({ partition: itemKey.breakout(breakoutId).PK, prefix: 'RUN#' });
      return items.map((item) => runCodec.decode(item).run).filter(isWanted);
    },
    async begin(run) {
      const key = itemKey.channelRun(run.breakoutId, run.attempt);
      const isNew = await attempted(table.put({ ...runCodec.encode({ run, revision: 1 }), ...key }, isAbsent));
      return isNew ? run : ((await get(run.breakoutId, run.attempt)) ?? run);
    },
    observe: async (breakoutId, attempt, seen) => wanted(await change(table, breakoutId, attempt, (run) => observed(run, seen))),
    async noteStopRequest(breakoutId, attempt, at) {
      await change(table, breakoutId, attempt, (run) => ({ ...run, stopRequestedAt: at }));
    },
  };
};

/** Runs of Pro pipelines' channels in the one table. */
export const dynamoDbChannelRunStore = (table: Table): ChannelRunStore => runsOf(table, isChannelRun);

/** Runs of Cam pipelines in the one table. */
export const dynamoDbCamRunStore = (table: Table): CamRunStore => runsOf(table, isCamRun);

/** Runs of either kind in the one table. */
export const dynamoDbShowRunStore = (table: Table): ShowRunStore => runsOf(table, isAnyRun);
