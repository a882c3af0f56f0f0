import * as scheduler from '@aws-sdk/client-scheduler';
import { defineService } from '../../gateway/define-service.ts';
import type { Permission, SchemaService } from '../../gateway/service.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { RoleSessions } from '../../runtime/ports.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import type { TargetInvoker } from '../eventbridge/target-invoker.ts';
import { groupOperations } from './group-operations.ts';
import { scheduleOperations } from './schedule-operations.ts';
import { startSchedules } from './schedule-runner.ts';
import { openSchedulerState } from './schedule-state.ts';
import type { LostInvocation } from './target-invocation.ts';

/** What the service is made from. */
export interface SchedulerServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly accountId: string;
  readonly region: string;
  readonly roles: RoleSessions;
  readonly invokeTarget: TargetInvoker;
  /** Why a schedule's role may not do something; undefined when it may. */
  readonly roleDenial: (roleArn: string, permission: Permission) => string | undefined;
  /** Told of each invocation that a target never took. */
  readonly onLost?: (lost: LostInvocation) => void;
}

/** EventBridge Scheduler on this machine. */
export interface SchedulerService extends SchemaService {
  /** Stops the clocks. What is due meanwhile fires at the next start. */
  close(): Promise<void>;
}

/** Opens the schedules; what was missed while nothing ran fires now. */
export const createSchedulerService = ({ state: store, onLost, ...deps }: SchedulerServiceDeps): SchedulerService => {
  const state = openSchedulerState(store);
  const runner = startSchedules(state, { ...deps, onLost: (lost) => onLost?.(lost) });
  const world = { state, runner, roles: deps.roles, accountId: deps.accountId, region: deps.region, now: () => deps.clock.now() };
  const service = defineService('scheduler', scheduler, { ...scheduleOperations(world), ...groupOperations(world) });
  return { ...service, close: () => runner.close() };
};
