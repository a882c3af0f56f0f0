import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { LogSink, MetricSink, RoleSessions } from '../../runtime/ports.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';
import type { FunctionPools } from './invocation/function-pools.ts';
import type { FunctionRecord } from './function-record.ts';
import type { PolicyStatement } from './resource-policy.ts';

/** Sends what became of an asynchronous invocation to a destination, as the function's role. */
export type DeliverOutcome = (delivery: {
  readonly targetArn: string;
  readonly roleArn: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}) => Promise<void>;

/** What Lambda needs. */
export interface LambdaDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly region: string;
  readonly roles: RoleSessions;
  readonly logs: LogSink;
  readonly metrics: MetricSink;
  readonly newId: () => string;
  /** The folder that an asset's object was made from. */
  readonly codeFolder: (bucket: string, key: string) => string;
  readonly deliverOutcome: DeliverOutcome;
}

/** How asynchronous calls of a function are retried, and where their outcome goes. */
export interface EventInvokeConfig {
  readonly modifiedAt: number;
  readonly maximumRetries?: number;
  readonly maximumAgeSeconds?: number;
  readonly onFailure?: string;
  readonly onSuccess?: string;
}

/** What the operations share. Collections are by function name. */
export interface LambdaWorld extends LambdaDependencies {
  readonly functions: Collection<FunctionRecord>;
  readonly policies: Collection<readonly PolicyStatement[]>;
  readonly eventInvokeConfigs: Collection<EventInvokeConfig>;
  readonly pools: FunctionPools;
}
