import * as apigateway from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../../gateway/define-service.ts';
import { findApi, type ApiWorld } from '../api-definition.ts';
import { functionArnOfUri } from '../function-uri.ts';
import { onPath } from './on-path.ts';

const bad = (message: string): apigateway.BadRequestException => new apigateway.BadRequestException({ message, $metadata: {} });

const checkAuthorizer = ({ type, identitySource, authorizerUri, authorizerCredentials, authorizerResultTtlInSeconds: ttl = 300 }: apigateway.CreateAuthorizerRequest): void => {
  if (type !== 'TOKEN' && type !== 'REQUEST') throw bad(`authorizer type ${type ?? 'nothing'} is not supported here (supported: TOKEN, REQUEST)`);
  if (authorizerCredentials !== undefined) throw bad('authorizerCredentials are not supported here: let the function be called by its resource policy');
  if (functionArnOfUri(authorizerUri) === undefined) throw bad(`Invalid Authorizer URI: ${authorizerUri ?? 'nothing'}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`);
  if (ttl < 0 || ttl > 3600) throw bad(`authorizerResultTtlInSeconds must be from 0 to 3600, got ${ttl}`);
  const sources = (identitySource ?? '').split(',').filter((source) => source.trim() !== '');
  if (sources.length === 0 && (type === 'TOKEN' || ttl > 0)) throw bad('identitySource is required when results are cached, and for type TOKEN');
  const form = type === 'TOKEN' ? /^method\.request\.header\.[\w-]+$/u : /^(?:method\.request\.(?:header|querystring)|context|stageVariables)\.[\w.-]+$/u;
  const wrong = sources.find((source) => !form.test(source.trim()));
  if (wrong !== undefined) throw bad(`Invalid mapping expression specified: ${wrong}`);
};

const authorizers = (world: ApiWorld): Operations<typeof apigateway> => ({
  CreateAuthorizer: {
    permissions: onPath('POST', ({ restApiId }) => `/restapis/${restApiId}/authorizers`),
    handle: ({ restApiId, ...input }) => {
      const api = findApi(world, restApiId);
      checkAuthorizer({ restApiId, ...input });
      const authorizer: apigateway.Authorizer = { authorizerResultTtlInSeconds: 300, ...input, id: world.newId() };
      world.apis.put(restApiId, { ...api, authorizers: { ...api.authorizers, [authorizer.id ?? '']: authorizer } });
      return authorizer;
    },
  },
  GetAuthorizers: {
    permissions: onPath('GET', ({ restApiId }) => `/restapis/${restApiId}/authorizers`),
    handle: ({ restApiId }) => ({ items: Object.values(findApi(world, restApiId).authorizers) }),
  },
});

const gatewayResponses = (world: ApiWorld): Operations<typeof apigateway> => ({
  PutGatewayResponse: {
    permissions: onPath('PUT', ({ restApiId, responseType }) => `/restapis/${restApiId}/gatewayresponses/${responseType}`),
    handle: ({ restApiId, ...input }) => {
      const api = findApi(world, restApiId);
      const response: apigateway.GatewayResponse = { ...input, defaultResponse: false };
      world.apis.put(restApiId, { ...api, gatewayResponses: { ...api.gatewayResponses, [input.responseType]: response } });
      return response;
    },
  },
  GetGatewayResponses: {
    permissions: onPath('GET', ({ restApiId }) => `/restapis/${restApiId}/gatewayresponses`),
    handle: ({ restApiId }) => ({ items: Object.values(findApi(world, restApiId).gatewayResponses) }),
  },
});

const validation = (world: ApiWorld): Operations<typeof apigateway> => ({
  CreateRequestValidator: {
    permissions: onPath('POST', ({ restApiId }) => `/restapis/${restApiId}/requestvalidators`),
    handle: ({ restApiId, ...input }) => {
      const api = findApi(world, restApiId);
      if (input.validateRequestBody === true) throw bad('validateRequestBody is not supported here: let the function validate bodies');
      const validator: apigateway.RequestValidator = { ...input, id: world.newId() };
      world.apis.put(restApiId, { ...api, validators: { ...api.validators, [validator.id ?? '']: validator } });
      return validator;
    },
  },
  CreateModel: {
    permissions: onPath('POST', ({ restApiId }) => `/restapis/${restApiId}/models`),
    handle: ({ restApiId, ...input }) => {
      const api = findApi(world, restApiId);
      const model: apigateway.Model = { ...input, id: world.newId() };
      world.apis.put(restApiId, { ...api, models: { ...api.models, [input.name]: model } });
      return model;
    },
  },
});

/** Operations on authorisers, gateway responses, request validators and models. */
export const partOperations = (world: ApiWorld): Operations<typeof apigateway> => ({ ...authorizers(world), ...gatewayResponses(world), ...validation(world) });
