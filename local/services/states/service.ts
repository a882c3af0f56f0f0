import { randomUUID } from 'node:crypto';
import * as sfn from '@aws-sdk/client-sfn';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { Entropy } from './asl/intrinsic-functions.ts';
import { createEngine, type EngineDependencies } from './engine/engine.ts';
import { executionOperations } from './operations/execution-operations.ts';
import { stateMachineOperations } from './operations/state-machine-operations.ts';
import { tokenOperations } from './operations/token-operations.ts';
import type { StateMachine } from './state-machine.ts';

/** What Step Functions needs. `entropy` is this process's own when absent. */
export type StatesDependencies = Omit<EngineDependencies, 'entropy'> & { readonly entropy?: Entropy };

/** Step Functions, and what the platform does with it beside its API. */
export interface StatesService extends SchemaService {
  /** Goes on with executions that ran when the state was kept. Call once, when functions can be called. */
  resume(): void;
  /** Stops every execution's timers: their state stays as it is. */
  close(): void;
}

const systemEntropy: Entropy = { random: () => Math.random(), uuid: () => randomUUID() };

/** Step Functions: STANDARD state machines of the States Language subset (docs/adr/0007-asl-subset-and-its-engine.md). */
export const createStatesService = ({ entropy = systemEntropy, ...dependencies }: StatesDependencies): StatesService => {
  const engine = createEngine({ ...dependencies, entropy });
  const world = { clock: dependencies.clock, entropy, engine, stateMachines: dependencies.state.collection<StateMachine>('states/state-machines') };
  return {
    ...defineService('states', sfn, { ...stateMachineOperations(world), ...executionOperations(world), ...tokenOperations(engine) }),
    resume: () => engine.resume(),
    close: () => engine.close(),
  };
};
