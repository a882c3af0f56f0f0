import * as apigateway from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../../gateway/define-service.ts';
import { findApi, findMethod, findResource, putMethod, type ApiResource, type ApiWorld } from '../api-definition.ts';
import { onPath } from './on-path.ts';

interface OfMethod {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
}

const methodPath = ({ restApiId, resourceId, httpMethod }: OfMethod): string => `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}`;

const describe = ({ resourceMethods, ...resource }: ApiResource): apigateway.Resource => ({ ...resource, ...(Object.keys(resourceMethods).length > 0 && { resourceMethods: { ...resourceMethods } }) });

const create = (world: ApiWorld): NonNullable<Operations<typeof apigateway>['CreateResource']> => ({
  permissions: onPath('POST', ({ restApiId, parentId }) => `/restapis/${restApiId}/resources/${parentId}`),
  handle: ({ restApiId, parentId, pathPart }) => {
    const api = findApi(world, restApiId);
    const parent = findResource(api, parentId);
    if (!/^(?:[\w.~:$@-]+|\{[\w.:-]+\+?\})$/u.test(pathPart)) throw new apigateway.BadRequestException({ message: `Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end, got ${pathPart}`, $metadata: {} });
    const path = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
    if (Object.values(api.resources).some((each) => each.path === path)) throw new apigateway.ConflictException({ message: 'Another resource with the same parent already has this name: ' + pathPart, $metadata: {} });
    const resource: ApiResource = { id: world.newId(), parentId, pathPart, path, resourceMethods: {} };
    world.apis.put(restApiId, { ...api, resources: { ...api.resources, [resource.id]: resource } });
    return describe(resource);
  },
});

const checkMethod = (input: apigateway.PutMethodRequest): void => {
  const type = input.authorizationType ?? '';
  if (!['NONE', 'CUSTOM'].includes(type)) throw new apigateway.BadRequestException({ message: `authorizationType ${type} is not supported here (supported: NONE, CUSTOM)`, $metadata: {} });
  if (type === 'CUSTOM' && input.authorizerId === undefined) throw new apigateway.BadRequestException({ message: 'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.', $metadata: {} });
  if (input.apiKeyRequired === true) throw new apigateway.BadRequestException({ message: 'apiKeyRequired is not supported here', $metadata: {} });
};

const put = (world: ApiWorld): NonNullable<Operations<typeof apigateway>['PutMethod']> => ({
  permissions: onPath('PUT', methodPath),
  handle: ({ restApiId, resourceId, ...input }) => {
    const api = findApi(world, restApiId);
    const resource = findResource(api, resourceId);
    checkMethod({ restApiId, resourceId, ...input });
    if (input.authorizerId !== undefined && !api.authorizers[input.authorizerId]) throw new apigateway.BadRequestException({ message: `Invalid authorizer ID specified: ${input.authorizerId}`, $metadata: {} });
    if (resource.resourceMethods[input.httpMethod]) throw new apigateway.ConflictException({ message: 'Method already exists for this resource', $metadata: {} });
    const method: apigateway.Method = { ...input, apiKeyRequired: false };
    putMethod(world, api, resource, method);
    return method;
  },
});

/** Operations on resources and methods. */
export const resourceOperations = (world: ApiWorld): Operations<typeof apigateway> => ({
  CreateResource: create(world),
  GetResource: {
    permissions: onPath('GET', ({ restApiId, resourceId }) => `/restapis/${restApiId}/resources/${resourceId}`),
    handle: ({ restApiId, resourceId }) => describe(findResource(findApi(world, restApiId), resourceId)),
  },
  GetResources: {
    permissions: onPath('GET', ({ restApiId }) => `/restapis/${restApiId}/resources`),
    handle: ({ restApiId }) => ({ items: Object.values(findApi(world, restApiId).resources).map(describe) }),
  },
  PutMethod: put(world),
  GetMethod: { permissions: onPath('GET', methodPath), handle: ({ restApiId, resourceId, httpMethod }) => findMethod(findResource(findApi(world, restApiId), resourceId), httpMethod) },
  PutMethodResponse: {
    permissions: onPath('PUT', (input) => `${methodPath(input)}/responses/${input.statusCode}`),
    handle: ({ restApiId, resourceId, httpMethod, ...response }) => {
      const api = findApi(world, restApiId);
      const resource = findResource(api, resourceId);
      const method = findMethod(resource, httpMethod);
      putMethod(world, api, resource, { ...method, methodResponses: { ...method.methodResponses, [response.statusCode]: response } });
      return response;
    },
  },
});
