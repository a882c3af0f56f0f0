import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { CreateFunctionCommand, LambdaClient, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import type { AccessControl } from '../../local/gateway/authentication/identities.ts';
import type { LocalService, Permission } from '../../local/gateway/service.ts';
import { systemClock, timeScale } from '../../local/runtime/clock.ts';
import type { ClientSettings, LogEntry, MetricObservation, RoleSessions, ServiceEvent } from '../../local/runtime/ports.ts';
import { memoryStateStore, type StateStore } from '../../local/runtime/state/collection.ts';
import type { DeliverOutcome } from '../../local/services/lambda/lambda-world.ts';
import { createLambdaService, type LambdaService } from '../../local/services/lambda/service.ts';
import type { PoolLimits } from '../../local/services/lambda/runtime/function-pool.ts';
import { sdkFunctionInvoker } from '../../local/services/states/sdk-function-invoker.ts';
import { createStatesService, type StatesService } from '../../local/services/states/service.ts';
import { operatorOnly, startGateway } from './gateway/local-gateway.ts';

export const roleArn = 'arn:aws:iam::123456789012:role/worker';

export interface FunctionPlatform {
  settings: ClientSettings;
  lambda: LambdaService;
  states: StatesService;
  client: LambdaClient;
  logs: LogEntry[];
  metrics: MetricObservation[];
  events: ServiceEvent[];
  deliveries: Parameters<DeliverOutcome>[0][];
  /** Permissions that roles were refused; `forbid` adds to what they may not do. */
  forbid(action: string): void;
  failures: unknown[];
  /** Creates a function of the given module source and waits until it is active. */
  deploy(name: string, source: string, rest?: Partial<CreateFunctionCommandInput>): Promise<string>;
  close(): Promise<void>;
}

/** Lambda and Step Functions behind a gateway on a free port; roles may do everything that is not forbidden. */
export const startFunctionPlatform = async ({ limits, state = memoryStateStore(), more = () => [] }: { limits?: PoolLimits; state?: StateStore; more?: (lambda: LambdaService) => LocalService[] } = {}): Promise<FunctionPlatform> => {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'));
  const forbidden = new Set<string>();
  const [logs, metrics, events, deliveries]: [LogEntry[], MetricObservation[], ServiceEvent[], Parameters<DeliverOutcome>[0][]] = [[], [], [], []];
  const endpoint = { url: '' };
  const roles: RoleSessions = {
    assume: (role) => {
      if (!role.startsWith('arn:aws:iam::123456789012:role/')) throw new Error(`role ${role} does not exist`);
      return { region: 'us-east-1', endpoint: endpoint.url, credentials: { accessKeyId: 'ROLE', secretAccessKey: 'ROLE', sessionToken: role } };
    },
  };
  const access: AccessControl = {
    identity: (key) => (key === 'ROLE' ? { principal: { kind: 'role', roleArn, sessionName: 'session' }, secretAccessKey: 'ROLE', sessionToken: roleArn } : operatorOnly.identity(key)),
    denial: (principal, { action }: Permission) => (principal.kind === 'role' && forbidden.has(action) ? `User: ${roleArn} is not authorized to perform: ${action}` : undefined),
  };
  const lambda = createLambdaService({
    state, roles, clock: systemClock, timeScale: timeScale(10_000), region: 'us-east-1', newId: randomUUID,
    logs: { write: (entry) => void logs.push(entry) }, metrics: { record: (observation) => void metrics.push(observation) },
    codeFolder: (_bucket, key) => join(folder, key),
    deliverOutcome: async (delivery) => void deliveries.push(delivery),
    ...(limits && { limits }),
  });
  const states = createStatesService({
    state, clock: systemClock, functions: sdkFunctionInvoker(roles),
    events: { emit: (event) => void events.push(event) }, metrics: { record: (observation) => void metrics.push(observation) },
  });
  const gateway = await startGateway({ services: [lambda, states, ...more(lambda)], access });
  endpoint.url = gateway.settings.endpoint;
  const client = new LambdaClient({ ...gateway.settings, maxAttempts: 1 });
  return {
    settings: gateway.settings, failures: gateway.failures, lambda, states, client, logs, metrics, events, deliveries,
    forbid: (action) => void forbidden.add(action),
    deploy: async (name, source, rest = {}) => {
      const key = `${name}-${randomUUID()}`;
      mkdirSync(join(folder, key));
      writeFileSync(join(folder, key, 'index.mjs'), source);
      const created = await client.send(new CreateFunctionCommand({ FunctionName: name, Role: roleArn, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: key }, ...rest }));
      await systemClock.sleep(5);
      return created.FunctionArn ?? '';
    },
    close: async () => {
      states.close();
      await lambda.close();
      client.destroy();
      await gateway.close();
      rmSync(folder, { recursive: true });
    },
  };
};
