import type { z } from 'zod';
import type { ChoiceRule } from './choice-rule.ts';
import type { stateSchemas } from './state-schemas.ts';
import type { TaskResource } from './task-resource.ts';

type Parsed<Type extends keyof typeof stateSchemas> = z.infer<(typeof stateSchemas)[Type]>;

export type TaskState = Omit<Parsed<'Task'>, 'Resource'> & { readonly Resource: TaskResource };
export type PassState = Parsed<'Pass'>;
export type WaitState = Parsed<'Wait'>;
export type ChoiceState = Omit<Parsed<'Choice'>, 'Choices'> & { readonly Choices: readonly { readonly rule: ChoiceRule; readonly Next: string }[] };
export type SucceedState = Parsed<'Succeed'>;
export type FailState = Parsed<'Fail'>;
export type ParallelState = Omit<Parsed<'Parallel'>, 'Branches'> & { readonly Branches: readonly Machine[] };
/** An inline Map. `Parameters` of older definitions is its `ItemSelector`, `Iterator` its `ItemProcessor`. */
export type MapState = Omit<Parsed<'Map'>, 'ItemProcessor' | 'Iterator'> & { readonly Branches: readonly Machine[] };

/** A checked state. */
export type State = TaskState | PassState | WaitState | ChoiceState | SucceedState | FailState | ParallelState | MapState;

/** A state that may fail, be retried and caught. */
export type WorkingState = TaskState | ParallelState | MapState;

/** A checked state machine, or a branch of one. */
export interface Machine {
  readonly StartAt: string;
  readonly States: ReadonlyMap<string, State>;
  readonly TimeoutSeconds?: number;
}

/** Whether a state may fail, be retried and caught. */
export const isWorking = (state: State): state is WorkingState => state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
