import type { Json } from '../../../runtime/state/collection.ts';

/** What an execution's frame is doing. Everything that a restart needs is in here. */
export type Activity =
  /** Its state is about to be entered. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'retrying'; readonly until: number }
  | TaskActivity
  | BranchesActivity
  | { readonly kind: 'done'; readonly output: Json };

/** A task under way. */
export interface TaskActivity {
  readonly kind: 'task';
  /** Unique in the execution and for each attempt. */
  readonly id: string;
  readonly functionName: string;
  readonly payload: Json;
  /** Only in tasks that wait for it. */
  readonly token?: string;
  /** The function has been called: what is missing is the token. */
  invoked: boolean;
  readonly timeoutAt?: number;
  readonly heartbeatSeconds?: number;
  heartbeatAt?: number;
}

/** A Parallel or Map state under way. */
export interface BranchesActivity {
  readonly kind: 'branches';
  readonly frames: Frame[];
  /** Inputs of iterations that have not begun (Map). */
  readonly pending: { readonly index: number; readonly input: Json; readonly value: Json }[];
}

/** One line of control: the execution itself, a branch or an iteration. */
export interface Frame {
  readonly id: string;
  /** How to find its state machine: states and branch numbers from the top. */
  readonly scope: readonly { readonly state: string; readonly branch: number }[];
  readonly item?: { readonly index: number; readonly value: Json };
  state: string;
  input: Json;
  enteredAt: number;
  /** The number of the event that says so. */
  enteredEventId: number;
  /** Retries used, by the position of the retrier. */
  retries: number[];
  activity: Activity;
  lastEventId: number;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** An execution as it is kept. Times are milliseconds since the epoch. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly revisionId: string;
  readonly roleArn: string;
  readonly input: string;
  readonly startedAt: number;
  readonly timeoutAt?: number;
  readonly root: Frame;
  status: ExecutionStatus;
  /** Number of events in its history. */
  events: number;
  stoppedAt?: number;
  output?: string;
  error?: string;
  cause?: string;
}

/** A frame and those above it, from the execution's own down. */
export type Chain = readonly [Frame, ...Frame[]];

/** The frame that a chain leads to. */
export const frameOf = (chain: Chain): Frame => chain.at(-1) ?? chain[0];

/** Every frame below and including the given one, as chains. */
export const chainsBelow = (chain: Chain): Chain[] => {
  const { activity } = frameOf(chain);
  const below = activity.kind === 'branches' ? activity.frames.flatMap((frame) => chainsBelow([...chain, frame])) : [];
  return [chain, ...below];
};

/** The chain above, `undefined` for the execution's own. */
export const parentOf = ([root, ...rest]: Chain): Chain | undefined => (rest.length === 0 ? undefined : [root, ...rest.slice(0, -1)]);

/** Whether a chain still hangs together: no state above it has gone on without it. */
export const isAttached = (chain: Chain): boolean =>
  chain.every((frame, position) => {
    const below = chain[position + 1];
    return below === undefined || (frame.activity.kind === 'branches' && frame.activity.frames.includes(below));
  });
