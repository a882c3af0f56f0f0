import * as apigateway from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../../gateway/define-service.ts';
import { findApi, findMethod, findResource, putMethod, type ApiWorld } from '../api-definition.ts';
import { functionArnOfUri } from '../function-uri.ts';
import { onPath } from './on-path.ts';

const bad = (message: string): apigateway.BadRequestException => new apigateway.BadRequestException({ message, $metadata: {} });

const checkIntegration = ({ type, uri, credentials, timeoutInMillis }: apigateway.PutIntegrationRequest): void => {
  if (type !== 'AWS_PROXY' && type !== 'MOCK') throw bad(`integration type ${type ?? 'nothing'} is not supported here (supported: AWS_PROXY, MOCK)`);
  if (credentials !== undefined) throw bad('credentials of an integration are not supported here: let the function be called by its resource policy');
  if (type === 'AWS_PROXY' && functionArnOfUri(uri) === undefined) throw bad(`uri must name a function (arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<ARN>/invocations), got ${uri ?? 'nothing'}`);
  if (timeoutInMillis !== undefined && (timeoutInMillis < 50 || timeoutInMillis > 29_000)) throw bad(`Timeout should be between 50 ms and 29000 ms, got ${timeoutInMillis}`);
};

// Velocity directives: only text and $context variables are rendered.
const checkTemplates = (templates: Readonly<Record<string, string>> | undefined): void => {
  const directive = Object.values(templates ?? {}).find((template) => /#(?:set|if|foreach|macro|parse|include)\b|\$input\b|\$util\b/u.test(template));
  if (directive !== undefined) throw bad(`Velocity directives in response templates are not supported here: ${directive.slice(0, 100)}`);
};

const pathOf = ({ restApiId, resourceId, httpMethod }: { restApiId: string; resourceId: string; httpMethod: string }): string =>
  `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration`;

/** Operations on what a method calls. */
export const integrationOperations = (world: ApiWorld): Operations<typeof apigateway> => ({
  PutIntegration: {
    permissions: onPath('PUT', pathOf),
    handle: ({ restApiId, resourceId, httpMethod, integrationHttpMethod, integrationTarget: _target, ...input }) => {
      const api = findApi(world, restApiId);
      const resource = findResource(api, resourceId);
      const method = findMethod(resource, httpMethod);
      checkIntegration({ restApiId, resourceId, httpMethod, ...input });
      const integration: apigateway.Integration = { timeoutInMillis: 29_000, passthroughBehavior: 'WHEN_NO_MATCH', ...input, ...(integrationHttpMethod !== undefined && { httpMethod: integrationHttpMethod }) };
      putMethod(world, api, resource, { ...method, methodIntegration: integration });
      return integration;
    },
  },
  PutIntegrationResponse: {
    permissions: onPath('PUT', (input) => `${pathOf(input)}/responses/${input.statusCode}`),
    handle: ({ restApiId, resourceId, httpMethod, ...response }) => {
      const api = findApi(world, restApiId);
      const resource = findResource(api, resourceId);
      const method = findMethod(resource, httpMethod);
      checkTemplates(response.responseTemplates);
      if (!method.methodIntegration) throw new apigateway.NotFoundException({ message: 'No integration defined for method', $metadata: {} });
      const integrationResponses = { ...method.methodIntegration.integrationResponses, [response.statusCode]: response };
      putMethod(world, api, resource, { ...method, methodIntegration: { ...method.methodIntegration, integrationResponses } });
      return response;
    },
  },
});
