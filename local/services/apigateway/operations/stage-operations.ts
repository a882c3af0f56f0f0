import * as apigateway from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../../gateway/define-service.ts';
import { findApi, type ApiDeployment, type ApiStage, type ApiWorld } from '../api-definition.ts';
import { patchedStage } from '../stage-patches.ts';
import { onPath } from './on-path.ts';

const describeStage = ({ apiId: _apiId, createdAt, updatedAt, ...stage }: ApiStage): apigateway.Stage => ({ ...stage, createdDate: new Date(createdAt), lastUpdatedDate: new Date(updatedAt) });

const describeDeployment = ({ id, createdAt, description }: ApiDeployment): apigateway.Deployment => ({ id, createdDate: new Date(createdAt), description });

const findStage = (world: ApiWorld, restApiId: string, stageName: string): ApiStage => {
  const found = world.stages.get(`${findApi(world, restApiId).id}/${stageName}`);
  if (!found) throw new apigateway.NotFoundException({ message: 'Invalid stage identifier specified', $metadata: {} });
  return found;
};

const checkDeployment = (world: ApiWorld, restApiId: string, deploymentId: string): void => {
  if (!world.deployments.get(`${restApiId}/${deploymentId}`)) throw new apigateway.BadRequestException({ message: `Deployment id does not exist: ${deploymentId}`, $metadata: {} });
};

const createStage = (world: ApiWorld, input: { restApiId: string; stageName: string; deploymentId: string; description?: string | undefined; variables?: Record<string, string> | undefined; tags?: Record<string, string> | undefined }): ApiStage => {
  const { restApiId: apiId, stageName, deploymentId, description, variables, tags } = input;
  if (!/^[\w-]{1,128}$/u.test(stageName)) throw new apigateway.BadRequestException({ message: 'Stage name only allows a-zA-Z0-9_-', $metadata: {} });
  if (world.stages.get(`${apiId}/${stageName}`)) throw new apigateway.ConflictException({ message: 'Stage already exists', $metadata: {} });
  checkDeployment(world, apiId, deploymentId);
  const now = world.clock.now();
  const stage: ApiStage = {
    apiId, stageName, deploymentId, createdAt: now, updatedAt: now,
    ...(description !== undefined && { description }), ...(variables && { variables }), ...(tags && { tags }),
  };
  world.stages.put(`${apiId}/${stageName}`, stage);
  return stage;
};

const createDeployment = (world: ApiWorld): NonNullable<Operations<typeof apigateway>['CreateDeployment']> => ({
  permissions: onPath('POST', ({ restApiId }) => `/restapis/${restApiId}/deployments`),
  handle: ({ restApiId, description, stageName, variables }) => {
    const definition = findApi(world, restApiId);
    const methods = Object.values(definition.resources).flatMap((resource) => Object.values(resource.resourceMethods));
    if (methods.length === 0) throw new apigateway.BadRequestException({ message: 'The REST API doesn\'t contain any methods', $metadata: {} });
    if (methods.some((method) => !method.methodIntegration)) throw new apigateway.BadRequestException({ message: 'No integration defined for method', $metadata: {} });
    const deployment: ApiDeployment = { id: world.newId(), createdAt: world.clock.now(), definition, ...(description !== undefined && { description }) };
    world.deployments.put(`${restApiId}/${deployment.id}`, deployment);
    const existing = stageName === undefined ? undefined : world.stages.get(`${restApiId}/${stageName}`);
    if (existing) world.stages.put(`${restApiId}/${existing.stageName}`, { ...existing, deploymentId: deployment.id, updatedAt: world.clock.now() });
    else if (stageName !== undefined) createStage(world, { restApiId, stageName, deploymentId: deployment.id, variables });
    return describeDeployment(deployment);
  },
});

const ofStage = ({ restApiId, stageName }: { restApiId: string; stageName: string }): string => `/restapis/${restApiId}/stages/${stageName}`;

/** Operations on deployments, which are snapshots, and on stages, which serve one. */
export const stageOperations = (world: ApiWorld): Operations<typeof apigateway> => ({
  CreateDeployment: createDeployment(world),
  GetDeployments: {
    permissions: onPath('GET', ({ restApiId }) => `/restapis/${restApiId}/deployments`),
    handle: ({ restApiId }) => ({ items: [...world.deployments.entries()].filter(([key]) => key.startsWith(`${findApi(world, restApiId).id}/`)).map(([, deployment]) => describeDeployment(deployment)) }),
  },
  CreateStage: {
    permissions: onPath('POST', ({ restApiId }) => `/restapis/${restApiId}/stages`),
    handle: (input) => {
      findApi(world, input.restApiId);
      return describeStage(createStage(world, input));
    },
  },
  GetStage: { permissions: onPath('GET', ofStage), handle: ({ restApiId, stageName }) => describeStage(findStage(world, restApiId, stageName)) },
  GetStages: {
    permissions: onPath('GET', ({ restApiId }) => `/restapis/${restApiId}/stages`),
    handle: ({ restApiId }) => ({ item: [...world.stages.values()].filter(({ apiId }) => apiId === findApi(world, restApiId).id).map(describeStage) }),
  },
  UpdateStage: {
    permissions: onPath('PATCH', ofStage),
    handle: ({ restApiId, stageName, patchOperations = [] }) => {
      const stage = { ...patchedStage(findStage(world, restApiId, stageName), patchOperations), updatedAt: world.clock.now() };
      checkDeployment(world, restApiId, stage.deploymentId);
      world.stages.put(`${restApiId}/${stageName}`, stage);
      return describeStage(stage);
    },
  },
  DeleteStage: {
    permissions: onPath('DELETE', ofStage),
    handle: ({ restApiId, stageName }) => {
      findStage(world, restApiId, stageName);
      world.stages.delete(`${restApiId}/${stageName}`);
      return {};
    },
  },
});
