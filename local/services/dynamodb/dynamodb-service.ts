import type { RawService } from '../../gateway/service.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { DynamoDbFault, unsupportedFault } from './dynamodb-fault.ts';
import { openEngine } from './engine.ts';
import { sweepExpired } from './expiry.ts';
import { heldItems } from './held-items.ts';
import { finishInterruptedChanges } from './interrupted-tables.ts';
import { tableOperations } from './operations.ts';
import { permissionsOf } from './permissions.ts';
import type { TableWorld } from './table-world.ts';
import { answerCall, readCall } from './wire.ts';

/** What the service is made from. */
export interface DynamoDbServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly accountId: string;
  readonly region: string;
  /** A folder of its own for the tables; in memory when absent. */
  readonly folder?: string;
  /** How long a transaction holds its items. @default 10, about what one takes on AWS; not scaled, so that concurrent ones conflict */
  readonly transactionMilliseconds?: number;
}

/** DynamoDB on this machine. */
export interface DynamoDbService extends RawService {
  /** Deletes expired items now. Answers how many. */
  sweepExpired(): Promise<number>;
  /** Ends sweeping and closes the tables. No call may follow. */
  close(): Promise<void>;
}

/** A table is CREATING for some seconds on AWS. */
const tableChangeMilliseconds = 5_000;

/** Expired items are deleted "within a few days" (Developer Guide, TTL); never swept more often than each second here. */
const sweepMilliseconds = 48 * 3_600_000;
const shortestSweepMilliseconds = 1_000;

const sweepUntil = async (signal: AbortSignal, world: TableWorld, timeScale: TimeScale): Promise<void> => {
  const pause = Math.max(timeScale.scaled(sweepMilliseconds), shortestSweepMilliseconds);
  for (;;) {
    await world.clock.sleep(pause, signal);
    if (signal.aborted) return;
    await sweepExpired(world);
  }
};

const openWorld = async (deps: DynamoDbServiceDeps): Promise<TableWorld> => {
  const { state, clock, timeScale, accountId, region, folder, transactionMilliseconds = 10 } = deps;
  const engine = await openEngine({
    accountId,
    region,
    tableChangeMilliseconds: timeScale.scaled(tableChangeMilliseconds),
    ...(folder === undefined ? {} : { folder }),
  });
  await finishInterruptedChanges(engine);
  return {
    engine,
    held: heldItems(),
    clock,
    settings: state.collection('dynamodb/tables'),
    doneTransactions: state.collection('dynamodb/transactions'),
    transactionMilliseconds,
  };
};

/** Opens the tables and serves them. */
export const createDynamoDbService = async (deps: DynamoDbServiceDeps): Promise<DynamoDbService> => {
  const world = await openWorld(deps);
  const operations = tableOperations();
  const ended = new AbortController();
  const sweeping = sweepUntil(ended.signal, world, deps.timeScale);
  const tableArn = (table: string): string => `arn:aws:dynamodb:${deps.region}:${deps.accountId}:table/${table}`;
  return {
    kind: 'raw',
    signingName: 'dynamodb',
    operations: [...operations.keys()],
    sweepExpired: () => sweepExpired(world),
    close: async () => {
      ended.abort();
      await sweeping;
      await world.engine.close();
    },
    handle: async (request, response, { requestId }, authorise) => {
      try {
        const { operation, input } = await readCall(request);
        const perform = operations.get(operation);
        if (!perform) throw unsupportedFault(operation);
        permissionsOf(operation, input, tableArn).forEach(authorise);
        answerCall(response, 200, requestId, await perform(world, input));
      } catch (error) {
        if (!(error instanceof DynamoDbFault)) throw error;
        answerCall(response, error.statusCode, requestId, { ...error.body });
      }
    },
  };
};
