import {
  CachePolicyAlreadyExists,
  CachePolicyInUse,
  type CacheBehavior,
  type DefaultCacheBehavior,
  NoSuchCachePolicy,
  NoSuchOriginAccessControl,
  NoSuchOriginRequestPolicy,
  NoSuchResponseHeadersPolicy,
  OriginAccessControlAlreadyExists,
  OriginAccessControlInUse,
  OriginRequestPolicyAlreadyExists,
  OriginRequestPolicyInUse,
  ResponseHeadersPolicyAlreadyExists,
  ResponseHeadersPolicyInUse,
} from '@aws-sdk/client-cloudfront';
import { type CloudFrontOperations, cloudFrontOperation } from '../cloudfront-operation.ts';
import type { PolicyRecord } from '../cloudfront-state.ts';
import { type CloudFrontWorld, cloudFrontArn } from '../cloudfront-world.ts';
import { findCachePolicy, findOriginRequestPolicy, findResponseHeadersPolicy } from './policy-lookup.ts';
import { policyRecords } from './policy-records.ts';

const isUsedByBehaviour = (world: CloudFrontWorld, test: (behaviour: CacheBehavior | DefaultCacheBehavior) => boolean): boolean =>
  [...world.state.distributions.values()].some(({ config }) =>
    [...(config.DefaultCacheBehavior ? [config.DefaultCacheBehavior] : []), ...(config.CacheBehaviors?.Items ?? [])].some(test),
  );

const shown = <Config>({ id, modifiedAt }: PolicyRecord<Config>) => ({ Id: id, LastModifiedTime: new Date(modifiedAt) });

const resourcesOf =
  (world: CloudFrontWorld, kind: string) =>
  ({ Id }: { readonly Id?: string | undefined }): readonly string[] => [cloudFrontArn(world.accountId, `${kind}/${Id ?? '*'}`)];

const fault = (message: string) => ({ message, $metadata: {} });

const cachePolicyOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const resources = resourcesOf(world, 'cache-policy');
  const records = policyRecords(world, world.state.cachePolicies, {
    noun: 'cache policy',
    noSuch: (message) => new NoSuchCachePolicy(fault(message)),
    exists: (message) => new CachePolicyAlreadyExists(fault(message)),
    inUse: (message) => new CachePolicyInUse(fault(message)),
    isUsed: (id) => isUsedByBehaviour(world, ({ CachePolicyId }) => CachePolicyId === id),
  });
  return {
    CreateCachePolicy: cloudFrontOperation('CreateCachePolicy', () => resources({}), ({ CachePolicyConfig }) => {
      const record = records.create(CachePolicyConfig);
      return { CachePolicy: { ...shown(record), CachePolicyConfig: record.config }, ETag: record.etag };
    }),
    GetCachePolicy: cloudFrontOperation('GetCachePolicy', resources, ({ Id }) => {
      const managed = world.state.cachePolicies.get(Id) ? undefined : findCachePolicy(world.state, Id);
      if (managed) return { CachePolicy: { Id, LastModifiedTime: new Date(0), CachePolicyConfig: managed }, ETag: 'EMANAGED' };
      const record = records.require(Id);
      return { CachePolicy: { ...shown(record), CachePolicyConfig: record.config }, ETag: record.etag };
    }),
    UpdateCachePolicy: cloudFrontOperation('UpdateCachePolicy', resources, ({ Id, IfMatch, CachePolicyConfig }) => {
      const record = records.update(Id, IfMatch, CachePolicyConfig);
      return { CachePolicy: { ...shown(record), CachePolicyConfig: record.config }, ETag: record.etag };
    }),
    DeleteCachePolicy: cloudFrontOperation('DeleteCachePolicy', resources, ({ Id, IfMatch }) => records.remove(Id, IfMatch)),
  };
};

const originRequestPolicyOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const resources = resourcesOf(world, 'origin-request-policy');
  const records = policyRecords(world, world.state.originRequestPolicies, {
    noun: 'origin request policy',
    noSuch: (message) => new NoSuchOriginRequestPolicy(fault(message)),
    exists: (message) => new OriginRequestPolicyAlreadyExists(fault(message)),
    inUse: (message) => new OriginRequestPolicyInUse(fault(message)),
    isUsed: (id) => isUsedByBehaviour(world, ({ OriginRequestPolicyId }) => OriginRequestPolicyId === id),
  });
  return {
    CreateOriginRequestPolicy: cloudFrontOperation('CreateOriginRequestPolicy', () => resources({}), ({ OriginRequestPolicyConfig }) => {
      const record = records.create(OriginRequestPolicyConfig);
      return { OriginRequestPolicy: { ...shown(record), OriginRequestPolicyConfig: record.config }, ETag: record.etag };
    }),
    GetOriginRequestPolicy: cloudFrontOperation('GetOriginRequestPolicy', resources, ({ Id }) => {
      const managed = world.state.originRequestPolicies.get(Id) ? undefined : findOriginRequestPolicy(world.state, Id);
      if (managed) return { OriginRequestPolicy: { Id, LastModifiedTime: new Date(0), OriginRequestPolicyConfig: managed }, ETag: 'EMANAGED' };
      const record = records.require(Id);
      return { OriginRequestPolicy: { ...shown(record), OriginRequestPolicyConfig: record.config }, ETag: record.etag };
    }),
    DeleteOriginRequestPolicy: cloudFrontOperation('DeleteOriginRequestPolicy', resources, ({ Id, IfMatch }) => records.remove(Id, IfMatch)),
  };
};

const responseHeadersPolicyOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const resources = resourcesOf(world, 'response-headers-policy');
  const records = policyRecords(world, world.state.responseHeadersPolicies, {
    noun: 'response headers policy',
    noSuch: (message) => new NoSuchResponseHeadersPolicy(fault(message)),
    exists: (message) => new ResponseHeadersPolicyAlreadyExists(fault(message)),
    inUse: (message) => new ResponseHeadersPolicyInUse(fault(message)),
    isUsed: (id) => isUsedByBehaviour(world, ({ ResponseHeadersPolicyId }) => ResponseHeadersPolicyId === id),
  });
  return {
    CreateResponseHeadersPolicy: cloudFrontOperation('CreateResponseHeadersPolicy', () => resources({}), ({ ResponseHeadersPolicyConfig }) => {
      const record = records.create(ResponseHeadersPolicyConfig);
      return { ResponseHeadersPolicy: { ...shown(record), ResponseHeadersPolicyConfig: record.config }, ETag: record.etag };
    }),
    GetResponseHeadersPolicy: cloudFrontOperation('GetResponseHeadersPolicy', resources, ({ Id }) => {
      const managed = world.state.responseHeadersPolicies.get(Id) ? undefined : findResponseHeadersPolicy(world.state, Id);
      if (managed) return { ResponseHeadersPolicy: { Id, LastModifiedTime: new Date(0), ResponseHeadersPolicyConfig: managed }, ETag: 'EMANAGED' };
      const record = records.require(Id);
      return { ResponseHeadersPolicy: { ...shown(record), ResponseHeadersPolicyConfig: record.config }, ETag: record.etag };
    }),
    DeleteResponseHeadersPolicy: cloudFrontOperation('DeleteResponseHeadersPolicy', resources, ({ Id, IfMatch }) => records.remove(Id, IfMatch)),
  };
};

const originAccessControlOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const resources = resourcesOf(world, 'origin-access-control');
  const records = policyRecords(world, world.state.originAccessControls, {
    noun: 'origin access control',
    noSuch: (message) => new NoSuchOriginAccessControl(fault(message)),
    exists: (message) => new OriginAccessControlAlreadyExists(fault(message)),
    inUse: (message) => new OriginAccessControlInUse(fault(message)),
    isUsed: (id) => [...world.state.distributions.values()].some(({ config }) => (config.Origins?.Items ?? []).some((origin) => origin.OriginAccessControlId === id)),
  });
  return {
    CreateOriginAccessControl: cloudFrontOperation('CreateOriginAccessControl', () => resources({}), ({ OriginAccessControlConfig }) => {
      const record = records.create(OriginAccessControlConfig);
      return { OriginAccessControl: { Id: record.id, OriginAccessControlConfig: record.config }, ETag: record.etag };
    }),
    GetOriginAccessControl: cloudFrontOperation('GetOriginAccessControl', resources, ({ Id }) => {
      const record = records.require(Id);
      return { OriginAccessControl: { Id: record.id, OriginAccessControlConfig: record.config }, ETag: record.etag };
    }),
    DeleteOriginAccessControl: cloudFrontOperation('DeleteOriginAccessControl', resources, ({ Id, IfMatch }) => records.remove(Id, IfMatch)),
  };
};

/** Operations on the account's policies and origin access controls. */
export const policyOperations = (world: CloudFrontWorld): CloudFrontOperations => ({
  ...cachePolicyOperations(world),
  ...originRequestPolicyOperations(world),
  ...responseHeadersPolicyOperations(world),
  ...originAccessControlOperations(world),
});
