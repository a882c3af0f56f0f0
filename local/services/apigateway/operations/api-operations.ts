import * as apigateway from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../../gateway/define-service.ts';
import { findApi, type ApiDefinition, type ApiWorld } from '../api-definition.ts';
import { onPath } from './on-path.ts';

const describe = ({ id, name, description, createdAt, rootResourceId, binaryMediaTypes }: ApiDefinition): apigateway.RestApi => ({
  id, name, description, createdDate: new Date(createdAt), rootResourceId, binaryMediaTypes: [...binaryMediaTypes],
  apiKeySource: 'HEADER', endpointConfiguration: { types: ['REGIONAL'] }, disableExecuteApiEndpoint: false,
});

const ofApi = ({ restApiId }: { readonly restApiId: string }): string => `/restapis/${restApiId}`;

const create = (world: ApiWorld): NonNullable<Operations<typeof apigateway>['CreateRestApi']> => ({
  permissions: onPath('POST', () => '/restapis'),
  handle: (input) => {
    for (const name of ['cloneFrom', 'policy', 'minimumCompressionSize'] as const) {
      if (input[name] !== undefined) throw new apigateway.BadRequestException({ message: `${name} is not supported here`, $metadata: {} });
    }
    const [id, rootResourceId] = [world.newId(), world.newId()];
    const api: ApiDefinition = {
      id, name: input.name, createdAt: world.clock.now(), rootResourceId, binaryMediaTypes: input.binaryMediaTypes ?? [],
      ...(input.description !== undefined && { description: input.description }),
      resources: { [rootResourceId]: { id: rootResourceId, path: '/', resourceMethods: {} } },
      authorizers: {}, gatewayResponses: {}, validators: {}, models: {},
    };
    world.apis.put(id, api);
    return describe(api);
  },
});

/** Operations on REST APIs and on the account's settings. */
export const apiOperations = (world: ApiWorld): Operations<typeof apigateway> => ({
  CreateRestApi: create(world),
  GetRestApi: { permissions: onPath('GET', ofApi), handle: ({ restApiId }) => describe(findApi(world, restApiId)) },
  GetRestApis: { permissions: onPath('GET', () => '/restapis'), handle: () => ({ items: [...world.apis.values()].map(describe) }) },
  DeleteRestApi: {
    permissions: onPath('DELETE', ofApi),
    handle: ({ restApiId }) => {
      findApi(world, restApiId);
      for (const collection of [world.deployments, world.stages]) for (const [key] of [...collection.entries()]) if (key.startsWith(`${restApiId}/`)) collection.delete(key);
      world.apis.delete(restApiId);
      return {};
    },
  },
  GetAccount: { permissions: onPath('GET', () => '/account'), handle: () => ({ throttleSettings: { rateLimit: 10_000, burstLimit: 5000 }, features: ['UsagePlans'] }) },
  UpdateAccount: { permissions: onPath('PATCH', () => '/account'), handle: () => ({ throttleSettings: { rateLimit: 10_000, burstLimit: 5000 } }) },
});
