import * as apigateway from '@aws-sdk/client-api-gateway';
import { randomBytes } from 'node:crypto';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { LogSink, MetricSink } from '../../runtime/ports.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import type { ApiWorld } from './api-definition.ts';
import { createAuthorise } from './authorisation/authorise.ts';
import { createExecuteApi } from './data-plane/execute-api.ts';
import type { GatewayFunctions } from './data-plane/function-port.ts';
import { createApiListener, type ApiListener } from './data-plane/listener.ts';
import { createThrottle } from './data-plane/throttle.ts';
import { apiOperations } from './operations/api-operations.ts';
import { integrationOperations } from './operations/integration-operations.ts';
import { partOperations } from './operations/part-operations.ts';
import { resourceOperations } from './operations/resource-operations.ts';
import { stageOperations } from './operations/stage-operations.ts';

/** What API Gateway needs. */
export interface ApiGatewayDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly functions: GatewayFunctions;
  readonly logs: LogSink;
  readonly metrics: MetricSink;
  readonly region: string;
  readonly accountId: string;
  /** Told of failures of the platform itself. */
  readonly onFailure: (failure: unknown) => void;
  /** Ten lower-case letters and digits, by default of chance. */
  readonly newId?: () => string;
}

/** API Gateway's control plane, and the listener that serves its stages. */
export interface ApiGatewayService extends SchemaService, ApiListener {}

const randomId = (): string => BigInt(`0x${randomBytes(8).toString('hex')}`).toString(36).padStart(13, '0').slice(-10);

/** API Gateway: REST APIs with Lambda proxy and mock integrations, Lambda authorisers and gateway responses. */
export const createApiGatewayService = (dependencies: ApiGatewayDependencies): ApiGatewayService => {
  const { state, clock, newId = randomId } = dependencies;
  const world: ApiWorld = { clock, newId, apis: state.collection('apigateway/apis'), deployments: state.collection('apigateway/deployments'), stages: state.collection('apigateway/stages') };
  const executeApi = createExecuteApi({ ...dependencies, world, authorise: createAuthorise(dependencies), throttle: createThrottle(clock) });
  return {
    ...defineService('apigateway', apigateway, {
      ...apiOperations(world), ...resourceOperations(world), ...integrationOperations(world), ...partOperations(world), ...stageOperations(world),
    }),
    ...createApiListener(executeApi, dependencies.onFailure),
  };
};
