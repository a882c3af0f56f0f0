import {
  type DistributionConfig,
  InvalidArgument,
  InvalidFunctionAssociation,
  InvalidOriginAccessControl,
  NoSuchCachePolicy,
  NoSuchOrigin,
  NoSuchOriginRequestPolicy,
  NoSuchResponseHeadersPolicy,
  TooManyCacheBehaviors,
  TooManyOrigins,
  TrustedKeyGroupDoesNotExist,
} from '@aws-sdk/client-cloudfront';
import type { CloudFrontWorld } from '../cloudfront-world.ts';
import { findFunctionByArn } from '../functions/function-lookup.ts';
import { findCachePolicy, findOriginRequestPolicy, findResponseHeadersPolicy } from '../policies/policy-lookup.ts';
import { assertQuantities } from '../quantities.ts';
import { behavioursOf, type ConfiguredBehaviour } from './distribution-behaviours.ts';
import { refusedDistributionFeatures } from './refused-features.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const limits = { origins: 25, behaviours: 25 } as const;

const allowedMethodSets = ['GET,HEAD', 'GET,HEAD,OPTIONS', 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'];

const assertPolicies = (world: CloudFrontWorld, name: string, behaviour: ConfiguredBehaviour): void => {
  const { CachePolicyId, OriginRequestPolicyId, ResponseHeadersPolicyId } = behaviour;
  if (CachePolicyId === undefined) {
    throw new InvalidArgument({ message: `${name}: CachePolicyId is missing. Local mode takes cache policies, not ForwardedValues.`, $metadata: {} });
  }
  if (!findCachePolicy(world.state, CachePolicyId)) throw new NoSuchCachePolicy({ message: `${name}: no cache policy ${CachePolicyId}.`, $metadata: {} });
  if (OriginRequestPolicyId !== undefined && !findOriginRequestPolicy(world.state, OriginRequestPolicyId)) {
    throw new NoSuchOriginRequestPolicy({ message: `${name}: no origin request policy ${OriginRequestPolicyId}.`, $metadata: {} });
  }
  if (ResponseHeadersPolicyId !== undefined && !findResponseHeadersPolicy(world.state, ResponseHeadersPolicyId)) {
    throw new NoSuchResponseHeadersPolicy({ message: `${name}: no response headers policy ${ResponseHeadersPolicyId}.`, $metadata: {} });
  }
};

const assertKeyGroups = (world: CloudFrontWorld, name: string, { TrustedKeyGroups }: ConfiguredBehaviour): void => {
  const groups = TrustedKeyGroups?.Items ?? [];
  if (TrustedKeyGroups?.Enabled !== true && groups.length > 0) {
    throw new InvalidArgument({ message: `${name}: TrustedKeyGroups has ${groups.length} groups, but Enabled is not true.`, $metadata: {} });
  }
  const missing = groups.filter((id) => !world.state.keyGroups.get(id));
  if (missing.length > 0) throw new TrustedKeyGroupDoesNotExist({ message: `${name}: no key group ${missing.join(', ')}.`, $metadata: {} });
};

const assertFunctions = (world: CloudFrontWorld, name: string, behaviour: ConfiguredBehaviour): void => {
  for (const { FunctionARN } of behaviour.FunctionAssociations?.Items ?? []) {
    if (!findFunctionByArn(world, FunctionARN ?? '')?.live) {
      throw new InvalidFunctionAssociation({ message: `${name}: function ${FunctionARN ?? ''} does not exist or is not published to LIVE.`, $metadata: {} });
    }
  }
};

const assertBehaviour = (world: CloudFrontWorld, name: string, behaviour: ConfiguredBehaviour, originIds: ReadonlySet<string | undefined>): void => {
  if (!originIds.has(behaviour.TargetOriginId)) {
    throw new NoSuchOrigin({ message: `${name}: TargetOriginId ${behaviour.TargetOriginId ?? ''} names no origin of the distribution.`, $metadata: {} });
  }
  const methods = behaviour.AllowedMethods?.Items;
  if (methods && !allowedMethodSets.includes([...methods].sort().join(','))) {
    throw new InvalidArgument({ message: `${name}: AllowedMethods is ${methods.join(', ')}, expected one of ${allowedMethodSets.join(' · ')}.`, $metadata: {} });
  }
  assertPolicies(world, name, behaviour);
  assertKeyGroups(world, name, behaviour);
  assertFunctions(world, name, behaviour);
};

/** Throws CloudFront's own error when it would not accept the configuration, InvalidArgument for what local mode does not do. */
export const assertDistributionConfig = (world: CloudFrontWorld, config: DistributionConfig): void => {
  assertQuantities(config, 'DistributionConfig');
  const origins = config.Origins?.Items ?? [];
  if (origins.length > limits.origins) throw new TooManyOrigins({ message: `${origins.length} origins, at most ${limits.origins} are allowed.`, $metadata: {} });
  const behaviours = config.CacheBehaviors?.Items ?? [];
  if (behaviours.length > limits.behaviours) {
    throw new TooManyCacheBehaviors({ message: `${behaviours.length} cache behaviours, at most ${limits.behaviours} are allowed.`, $metadata: {} });
  }
  for (const { Id, OriginAccessControlId = '' } of origins) {
    if (OriginAccessControlId !== '' && !world.state.originAccessControls.get(OriginAccessControlId)) {
      throw new InvalidOriginAccessControl({ message: `origin ${Id ?? ''}: no origin access control ${OriginAccessControlId}.`, $metadata: {} });
    }
  }
  const originIds = new Set(origins.map((origin) => origin.Id));
  for (const [name, behaviour] of behavioursOf(config)) assertBehaviour(world, name, behaviour, originIds);
  for (const { feature, isUsed } of refusedDistributionFeatures) {
    if (isUsed(config)) throw new InvalidArgument({ message: `${feature} is not done in local mode: remove it from the distribution, or deploy to AWS.`, $metadata: {} });
  }
};
