import type { CachePolicyConfig, OriginRequestPolicyConfig } from '@aws-sdk/client-cloudfront';
import type { ViewerRequest } from '../viewer-request.ts';

type HeaderPolicy = CachePolicyConfig | OriginRequestPolicyConfig | undefined;

const namedHeaders = (policy: HeaderPolicy): readonly string[] => {
  const headers = policy && 'ParametersInCacheKeyAndForwardedToOrigin' in policy ? policy.ParametersInCacheKeyAndForwardedToOrigin?.HeadersConfig : policy && 'HeadersConfig' in policy ? policy.HeadersConfig : undefined;
  return (headers?.Headers?.Items ?? []).map((name) => name.toLowerCase());
};

const countryHeader = 'cloudfront-viewer-country';

/** The request with what CloudFront says of the viewer where a policy names it; what the viewer says itself does not pass. */
export const withViewerFacts = (request: ViewerRequest, policies: readonly HeaderPolicy[], country: string): ViewerRequest => {
  const own = Object.entries(request.headers).filter(([name]) => !name.startsWith('cloudfront-'));
  const isAsked = policies.some((policy) => namedHeaders(policy).includes(countryHeader));
  return { ...request, headers: { ...Object.fromEntries(own), ...(isAsked && { [countryHeader]: country }) } };
};
