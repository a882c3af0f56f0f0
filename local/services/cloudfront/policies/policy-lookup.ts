import type { CachePolicyConfig, OriginRequestPolicyConfig, ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';
import type { CloudFrontState } from '../cloudfront-state.ts';
import { managedCachePolicies, managedOriginRequestPolicies, managedResponseHeadersPolicies } from '../managed-policies.ts';

/** A cache policy of the account or of AWS. */
export const findCachePolicy = (state: CloudFrontState, id: string): CachePolicyConfig | undefined =>
  state.cachePolicies.get(id)?.config ?? managedCachePolicies[id];

/** An origin request policy of the account or of AWS. */
export const findOriginRequestPolicy = (state: CloudFrontState, id: string): OriginRequestPolicyConfig | undefined =>
  state.originRequestPolicies.get(id)?.config ?? managedOriginRequestPolicies[id];

/** A response headers policy of the account or of AWS. */
export const findResponseHeadersPolicy = (state: CloudFrontState, id: string): ResponseHeadersPolicyConfig | undefined =>
  state.responseHeadersPolicies.get(id)?.config ?? managedResponseHeadersPolicies[id];
