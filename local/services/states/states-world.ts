import type { Clock } from '../../runtime/clock.ts';
import type { Collection } from '../../runtime/state/collection.ts';
import type { Entropy } from './asl/intrinsic-functions.ts';
import type { Engine } from './engine/engine.ts';
import type { StateMachine } from './state-machine.ts';

/** What the operations share. */
export interface StatesWorld {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly engine: Engine;
  /** By ARN. */
  readonly stateMachines: Collection<StateMachine>;
}
