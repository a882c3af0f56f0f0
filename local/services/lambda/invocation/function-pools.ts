import type { Clock } from '../../../runtime/clock.ts';
import type { RoleSessions } from '../../../runtime/ports.ts';
import { logGroupOf, type FunctionRecord } from '../function-record.ts';
import { createFunctionPool, type FunctionPool, type PoolLimits } from '../runtime/function-pool.ts';
import { createIdleThreads, type IdleLimits } from '../runtime/idle-threads.ts';
import { startFunctionThread, type FunctionThread } from '../runtime/function-thread.ts';

/** What threads are started with. */
export interface FunctionPoolsDependencies {
  readonly clock: Clock;
  readonly region: string;
  readonly roles: RoleSessions;
  readonly newId: () => string;
  readonly codeFolder: (bucket: string, key: string) => string;
  readonly limits?: PoolLimits;
  readonly idleLimits?: Partial<IdleLimits>;
}

/** The pools of every function. */
export interface FunctionPools {
  of(record: FunctionRecord): FunctionPool;
  logStreamOf(record: FunctionRecord): string;
  /** Ends a function's threads; the next call starts new ones, from the code and configuration that it has then. */
  drop(name: string): void;
  end(): Promise<void>;
}

/** The environment that Lambda gives a function, and nothing else of this machine's. */
const environmentOf = (record: FunctionRecord, logStreamName: string, taskRoot: string, { region, roles }: FunctionPoolsDependencies): Record<string, string> => {
  const { endpoint, credentials } = roles.assume(record.roleArn, 'lambda.amazonaws.com', record.name);
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${record.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: record.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(record.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(record),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: record.handler,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://kvs.localhost:${new URL(endpoint).port}`,
    ...record.environment,
  };
};

/** Pools made when a function is first called. */
export const createFunctionPools = (dependencies: FunctionPoolsDependencies): FunctionPools => {
  const { clock, newId, codeFolder, limits, idleLimits } = dependencies;
  const idleThreads = createIdleThreads(clock, idleLimits);
  const pools = new Map<string, { readonly pool: FunctionPool; readonly logStream: string }>();
  const start = (record: FunctionRecord, logStreamName: string): FunctionThread => {
    const taskRoot = codeFolder(record.codeBucket, record.codeKey);
    const context = {
      functionName: record.name, functionVersion: '$LATEST', invokedFunctionArn: record.arn,
      memoryLimitInMB: String(record.memoryMegabytes), logGroupName: logGroupOf(record), logStreamName,
    };
    return startFunctionThread({
      taskRoot, handler: record.handler, context, logsJson: record.logFormat === 'JSON',
      environment: environmentOf(record, logStreamName, taskRoot, dependencies),
      memoryMegabytes: record.memoryMegabytes, timeoutMilliseconds: record.timeoutSeconds * 1000,
    }, clock);
  };
  const open = (record: FunctionRecord): { readonly pool: FunctionPool; readonly logStream: string } => {
    const existing = pools.get(record.name);
    if (existing) return existing;
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[$LATEST]${newId().replaceAll('-', '')}`;
    const opened = { pool: createFunctionPool(() => start(record, logStream), idleThreads, limits), logStream };
    pools.set(record.name, opened);
    return opened;
  };
  return {
    of: (record) => open(record).pool,
    logStreamOf: (record) => open(record).logStream,
    drop: (name) => {
      const dropped = pools.get(name);
      pools.delete(name);
      void dropped?.pool.end();
    },
    end: async () => {
      await Promise.all([...pools.values()].map(({ pool }) => pool.end()));
      pools.clear();
    },
  };
};
