import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  GetResourcesCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, inert, required, type Properties, type ResourceProvider } from '../resource-provider.ts';

const methodProperties = z.looseObject({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  Integration: z.looseObject({ Type: z.string(), IntegrationHttpMethod: z.string().optional(), IntegrationResponses: z.array(z.looseObject({})).default([]) }).optional(),
  MethodResponses: z.array(z.looseObject({})).default([]),
});

const methodSetting = z.looseObject({
  ResourcePath: z.string(),
  HttpMethod: z.string(),
  ThrottlingRateLimit: z.number().optional(),
  ThrottlingBurstLimit: z.number().optional(),
});

const createMethod = async (client: APIGatewayClient, properties: Properties): Promise<string> => {
  const { RestApiId: restApiId, ResourceId: resourceId, HttpMethod: httpMethod, Integration, MethodResponses, ...method } = methodProperties.parse(properties);
  const key = { restApiId, resourceId, httpMethod };
  await client.send(commandOf(PutMethodCommand, { ...camelKeys(method), ...key }));
  for (const response of MethodResponses) await client.send(commandOf(PutMethodResponseCommand, { ...camelKeys(response), ...key }));
  if (!Integration) return `${restApiId}-${resourceId}-${httpMethod}`;
  const { IntegrationHttpMethod, IntegrationResponses, ...integration } = Integration;
  await client.send(commandOf(PutIntegrationCommand, { ...camelKeys(integration), ...key, integrationHttpMethod: IntegrationHttpMethod }));
  for (const response of IntegrationResponses) await client.send(commandOf(PutIntegrationResponseCommand, { ...camelKeys(response), ...key }));
  return `${restApiId}-${resourceId}-${httpMethod}`;
};

/** Keys of the resource itself in camelCase; maps below them (headers, templates, parameters) keep their keys. */
const camelKeys = (properties: Properties): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]));

const throttlingPatches = (settings: unknown): { op: 'replace'; path: string; value: string }[] =>
  z.array(methodSetting).parse(settings ?? []).flatMap(({ ResourcePath, HttpMethod, ThrottlingRateLimit, ThrottlingBurstLimit }) => {
    const path = ResourcePath === '/*' ? '/*/*' : `/${ResourcePath.slice(1).replaceAll('/', '~1')}/${HttpMethod}`;
    return [
      ...(ThrottlingRateLimit === undefined ? [] : [{ op: 'replace' as const, path: `${path}/throttling/rateLimit`, value: String(ThrottlingRateLimit) }]),
      ...(ThrottlingBurstLimit === undefined ? [] : [{ op: 'replace' as const, path: `${path}/throttling/burstLimit`, value: String(ThrottlingBurstLimit) }]),
    ];
  });

const accessLogSetting = z.strictObject({ DestinationArn: z.string(), Format: z.string() });

const accessLogPatches = (setting: unknown): { op: 'replace'; path: string; value: string }[] => {
  if (setting === undefined) return [];
  const { DestinationArn, Format } = accessLogSetting.parse(setting);
  return [
    { op: 'replace', path: '/accessLogSettings/destinationArn', value: DestinationArn },
    { op: 'replace', path: '/accessLogSettings/format', value: Format },
  ];
};

const createStage = async (client: APIGatewayClient, properties: Properties): Promise<string> => {
  const { RestApiId, StageName, DeploymentId, Variables, MethodSettings, AccessLogSetting } = properties;
  await client.send(commandOf(CreateStageCommand, { restApiId: RestApiId, stageName: StageName, deploymentId: DeploymentId, variables: Variables }));
  const patchOperations = [...throttlingPatches(MethodSettings), ...accessLogPatches(AccessLogSetting)];
  if (patchOperations.length > 0) await client.send(commandOf(UpdateStageCommand, { restApiId: RestApiId, stageName: StageName, patchOperations }));
  return z.string().parse(StageName);
};

const rootResourceId = async (client: APIGatewayClient, restApiId: string): Promise<string> => {
  const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
  return required(items.find(({ path }) => path === '/')?.id, 'the root resource');
};

/** The API, its paths and what they answer. */
const apiProviders = (client: APIGatewayClient): ResourceProvider[] => [
  {
    type: 'AWS::ApiGateway::RestApi',
    properties: {
      ...enforced('Name', 'Description', 'BinaryMediaTypes'),
      ...inert('there is one kind of endpoint on this machine', 'EndpointConfiguration', 'DisableExecuteApiEndpoint'),
      ...inert('APIs carry no tags here', 'Tags'),
    },
    create: async (properties) => {
      const { id } = await client.send(commandOf(CreateRestApiCommand, camelKeys(properties)));
      const restApiId = required(id, 'the id');
      return { physicalId: restApiId, attributes: { RestApiId: restApiId, RootResourceId: await rootResourceId(client, restApiId) } };
    },
  },
  {
    type: 'AWS::ApiGateway::Resource',
    properties: enforced('RestApiId', 'ParentId', 'PathPart'),
    create: async (properties) => {
      const { id } = await client.send(commandOf(CreateResourceCommand, camelKeys(properties)));
      const physicalId = required(id, 'the id');
      return { physicalId, attributes: { ResourceId: physicalId } };
    },
  },
  {
    type: 'AWS::ApiGateway::Method',
    properties: {
      ...enforced('RestApiId', 'ResourceId', 'HttpMethod', 'AuthorizationType', 'AuthorizerId', 'ApiKeyRequired', 'OperationName'),
      ...enforced('RequestParameters', 'RequestModels', 'RequestValidatorId', 'AuthorizationScopes', 'Integration', 'MethodResponses'),
    },
    create: async (properties) => ({ physicalId: await createMethod(client, properties), attributes: {} }),
  },
  {
    type: 'AWS::ApiGateway::GatewayResponse',
    properties: enforced('RestApiId', 'ResponseType', 'ResponseParameters', 'ResponseTemplates', 'StatusCode'),
    create: async (properties, context) => {
      await client.send(commandOf(PutGatewayResponseCommand, camelKeys(properties)));
      return { physicalId: generatedName(context, 100), attributes: {} };
    },
  },
];

const authoriserProviders = (client: APIGatewayClient): ResourceProvider[] => [
  {
    type: 'AWS::ApiGateway::Authorizer',
    properties: enforced('RestApiId', 'Name', 'Type', 'AuthorizerUri', 'AuthorizerCredentials', 'IdentitySource', 'IdentityValidationExpression', 'AuthorizerResultTtlInSeconds'),
    create: async (properties) => {
      const { id } = await client.send(commandOf(CreateAuthorizerCommand, camelKeys(properties)));
      const physicalId = required(id, 'the id');
      return { physicalId, attributes: { AuthorizerId: physicalId } };
    },
  },
];

/** What makes an API reachable. */
const stageProviders = (client: APIGatewayClient): ResourceProvider[] => [
  {
    type: 'AWS::ApiGateway::Deployment',
    properties: enforced('RestApiId', 'Description'),
    create: async (properties) => {
      const { id } = await client.send(commandOf(CreateDeploymentCommand, camelKeys(properties)));
      const physicalId = required(id, 'the id');
      return { physicalId, attributes: { DeploymentId: physicalId } };
    },
  },
  {
    type: 'AWS::ApiGateway::Stage',
    properties: {
      ...enforced('RestApiId', 'StageName', 'DeploymentId', 'Variables', 'MethodSettings', 'AccessLogSetting'),
      ...inert('traces are not kept', 'TracingEnabled'),
      ...inert('stages carry no tags here', 'Tags'),
    },
    create: async (properties) => ({ physicalId: await createStage(client, properties), attributes: {} }),
  },
  {
    type: 'AWS::ApiGateway::Account',
    properties: inert('the platform writes its log without asking for a permission', 'CloudWatchRoleArn'),
    create: async (_properties, context) => ({ physicalId: generatedName(context, 100), attributes: { Id: generatedName(context, 100) } }),
  },
];

/** AWS::ApiGateway: the REST API, its resources, methods, authorisers, answers, deployments and stages. */
export const apiGatewayProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new APIGatewayClient({ ...settings });
  return [...apiProviders(client), ...authoriserProviders(client), ...stageProviders(client)];
};
