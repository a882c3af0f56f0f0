import type { StageConfiguration } from '../../config/stage-configuration.ts';
import type { FoundationStack } from '../../stacks/foundation-stack.ts';
import type { Announcements } from './announcements.ts';
import type { ControlFunction } from './control-function.ts';
import type { HardStopSchedules } from './hard-stop-schedules.ts';

/** What functions can be bound to. */
export interface ControlResources {
  readonly configuration: StageConfiguration;
  readonly foundation: FoundationStack;
  readonly hardStops: HardStopSchedules;
  readonly announcements: Announcements;
  /** By its name, because functions that the state machine invokes answer it, and a reference would go round. */
  readonly showStateMachineArn: string;
  /** Every execution of it, and no other. */
  readonly showExecutionArns: string;
}

/** Gives a function an environment group with the permissions that go with it, or permissions alone. */
export type Binding = (target: ControlFunction, resources: ControlResources) => void;
