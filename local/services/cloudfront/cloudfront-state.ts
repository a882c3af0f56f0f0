import type {
  CachePolicyConfig,
  DistributionConfig,
  FunctionConfig,
  KeyGroupConfig,
  OriginAccessControlConfig,
  OriginRequestPolicyConfig,
  PublicKeyConfig,
  ResponseHeadersPolicyConfig,
} from '@aws-sdk/client-cloudfront';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** A distribution as it is kept. Times in milliseconds since the epoch. */
export interface DistributionRecord {
  readonly id: string;
  readonly domainName: string;
  readonly etag: string;
  readonly modifiedAt: number;
  /** When the change has reached every edge location. */
  readonly deployedAt: number;
  readonly config: DistributionConfig;
  /** What is served until `deployedAt`; a new distribution serves at once. */
  readonly previousConfig?: DistributionConfig;
}

/** One stage of a function's code. Code in base64. */
export interface FunctionStageRecord {
  readonly etag: string;
  readonly config: FunctionConfig;
  readonly code: string;
  readonly modifiedAt: number;
}

/** A function of the edge: what is being written, and what is published. */
export interface FunctionRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly development: FunctionStageRecord;
  readonly live?: FunctionStageRecord;
}

/** A key value store's identity; its keys are kept by the data plane. */
export interface KeyValueStoreRecord {
  readonly id: string;
  readonly name: string;
  readonly comment: string;
  readonly etag: string;
  readonly modifiedAt: number;
}

/** A policy of the account. */
export interface PolicyRecord<Config> {
  readonly id: string;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly config: Config;
}

/** All that the control plane keeps. */
export interface CloudFrontState {
  readonly distributions: Collection<DistributionRecord>;
  readonly functions: Collection<FunctionRecord>;
  /** By name. */
  readonly keyValueStores: Collection<KeyValueStoreRecord>;
  readonly cachePolicies: Collection<PolicyRecord<CachePolicyConfig>>;
  readonly originRequestPolicies: Collection<PolicyRecord<OriginRequestPolicyConfig>>;
  readonly responseHeadersPolicies: Collection<PolicyRecord<ResponseHeadersPolicyConfig>>;
  readonly originAccessControls: Collection<PolicyRecord<OriginAccessControlConfig>>;
  readonly publicKeys: Collection<PolicyRecord<PublicKeyConfig>>;
  readonly keyGroups: Collection<PolicyRecord<KeyGroupConfig>>;
  /** By ARN. */
  readonly tags: Collection<Readonly<Record<string, string>>>;
}

/** Opens the control plane's collections. */
export const openCloudFrontState = (store: StateStore): CloudFrontState => ({
  distributions: store.collection('cloudfront/distributions'),
  functions: store.collection('cloudfront/functions'),
  keyValueStores: store.collection('cloudfront/key-value-stores'),
  cachePolicies: store.collection('cloudfront/cache-policies'),
  originRequestPolicies: store.collection('cloudfront/origin-request-policies'),
  responseHeadersPolicies: store.collection('cloudfront/response-headers-policies'),
  originAccessControls: store.collection('cloudfront/origin-access-controls'),
  publicKeys: store.collection('cloudfront/public-keys'),
  keyGroups: store.collection('cloudfront/key-groups'),
  tags: store.collection('cloudfront/tags'),
});
