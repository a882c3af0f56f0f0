import type { CachePolicyConfig, DistributionConfig, OriginAccessControlConfig, OriginRequestPolicyConfig, ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';

/** A distribution as viewers get it now. */
export interface ServedDistribution {
  readonly id: string;
  readonly domainName: string;
  readonly config: DistributionConfig;
}

/** A published function. */
export interface EdgeFunction {
  readonly name: string;
  readonly etag: string;
  readonly code: string;
  /** The store that the function may read. */
  readonly store?: KeyValueReader;
}

/** A key value store as edge locations see it. */
export interface KeyValueReader {
  readonly id: string;
  get(key: string): string | undefined;
  count(): number;
}

/** What the edge locations have of the control plane's state. */
export interface EdgeConfiguration {
  distribution(id: string): ServedDistribution | undefined;
  cachePolicy(id: string): CachePolicyConfig | undefined;
  originRequestPolicy(id: string): OriginRequestPolicyConfig | undefined;
  responseHeadersPolicy(id: string): ResponseHeadersPolicyConfig | undefined;
  /** PEM of a public key, if one of the key groups has it. */
  trustedKey(groupIds: readonly string[], keyPairId: string): string | undefined;
  originAccessControl(id: string): OriginAccessControlConfig | undefined;
  liveFunction(arn: string): EdgeFunction | undefined;
}
