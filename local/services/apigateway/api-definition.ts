import { NotFoundException, type Authorizer, type GatewayResponse, type Method, type Model, type RequestValidator, type Resource, type Stage } from '@aws-sdk/client-api-gateway';
import type { Clock } from '../../runtime/clock.ts';
import type { Collection } from '../../runtime/state/collection.ts';

/** What a deployment takes a snapshot of. Records are by id, gateway responses by type, models by name. */
export interface ApiDefinition {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly rootResourceId: string;
  readonly binaryMediaTypes: readonly string[];
  readonly resources: Readonly<Record<string, ApiResource>>;
  readonly authorizers: Readonly<Record<string, Authorizer>>;
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
  readonly validators: Readonly<Record<string, RequestValidator>>;
  readonly models: Readonly<Record<string, Model>>;
}

/** A resource with its methods by HTTP method. */
export interface ApiResource extends Omit<Resource, 'resourceMethods'> {
  readonly id: string;
  readonly path: string;
  readonly resourceMethods: Readonly<Record<string, Method>>;
}

/** A snapshot of an API that a stage can serve. */
export interface ApiDeployment {
  readonly id: string;
  readonly createdAt: number;
  readonly description?: string;
  readonly definition: ApiDefinition;
}

/** A stage as it is kept: times are milliseconds since the epoch. */
export interface ApiStage extends Omit<Stage, 'createdDate' | 'lastUpdatedDate'> {
  readonly apiId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What the operations share. APIs are by id, deployments and stages by `<api>/<id>`. */
export interface ApiWorld {
  readonly clock: Clock;
  /** Ten lower-case letters and digits. */
  readonly newId: () => string;
  readonly apis: Collection<ApiDefinition>;
  readonly deployments: Collection<ApiDeployment>;
  readonly stages: Collection<ApiStage>;
}

/** @throws NotFoundException */
export const findApi = (world: Pick<ApiWorld, 'apis'>, restApiId: string): ApiDefinition => {
  const found = world.apis.get(restApiId);
  if (!found) throw new NotFoundException({ message: `Invalid API identifier specified 123456789012:${restApiId}`, $metadata: {} });
  return found;
};

/** @throws NotFoundException */
export const findResource = (api: ApiDefinition, resourceId: string): ApiResource => {
  const found = api.resources[resourceId];
  if (!found) throw new NotFoundException({ message: 'Invalid Resource identifier specified', $metadata: {} });
  return found;
};

/** @throws NotFoundException */
export const findMethod = (resource: ApiResource, httpMethod: string): Method => {
  const found = resource.resourceMethods[httpMethod];
  if (!found) throw new NotFoundException({ message: 'Invalid Method identifier specified', $metadata: {} });
  return found;
};

/** Keeps a method of a resource. */
export const putMethod = (world: ApiWorld, api: ApiDefinition, resource: ApiResource, method: Method): void => {
  const changed = { ...resource, resourceMethods: { ...resource.resourceMethods, [method.httpMethod ?? '']: method } };
  world.apis.put(api.id, { ...api, resources: { ...api.resources, [resource.id]: changed } });
};
