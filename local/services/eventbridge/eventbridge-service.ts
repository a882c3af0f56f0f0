import * as eventbridge from '@aws-sdk/client-eventbridge';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { EventSink } from '../../runtime/ports.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { openBusState } from './bus-state.ts';
import type { LostEvent } from './deliveries.ts';
import { openEventBus } from './event-bus.ts';
import { putEventsOperation } from './put-events.ts';
import { ruleOperations } from './rule-operations.ts';
import { startScheduledRules } from './scheduled-rules.ts';
import type { TargetInvoker } from './target-invoker.ts';
import { targetOperations } from './target-operations.ts';

/** What the service is made from. */
export interface EventBridgeServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly accountId: string;
  readonly region: string;
  readonly invokeTarget: TargetInvoker;
  /** Told of each event that a target never took. */
  readonly onLost?: (lost: LostEvent) => void;
}

/** EventBridge on this machine: its API, and where services emit their events. */
export interface EventBridgeService extends SchemaService, EventSink {
  /** Stops delivering. What is under way is kept for the next start. */
  close(): Promise<void>;
}

/** Opens the default bus. */
export const createEventBridgeService = ({ state: store, onLost, ...deps }: EventBridgeServiceDeps): EventBridgeService => {
  const state = openBusState(store);
  const bus = openEventBus({ ...deps, state, onLost: (lost) => onLost?.(lost) });
  const scheduled = startScheduledRules({ ...deps, state, bus });
  const world = { state, bus, scheduled, accountId: deps.accountId, region: deps.region, now: () => deps.clock.now() };
  const service = defineService('events', eventbridge, { ...ruleOperations(world), ...targetOperations(world), ...putEventsOperation(world) });
  return {
    ...service,
    emit: (event) => bus.emit(event),
    close: async () => {
      scheduled.close();
      await bus.close();
    },
  };
};
