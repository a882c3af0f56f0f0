import type { DistributionConfig } from '@aws-sdk/client-cloudfront';

/** A feature of distributions that local mode refuses rather than ignores. */
interface RefusedFeature {
  readonly feature: string;
  readonly isUsed: (config: DistributionConfig) => boolean;
}

const anyBehaviour =
  (test: (behaviour: NonNullable<DistributionConfig['DefaultCacheBehavior']>) => boolean) =>
  (config: DistributionConfig): boolean =>
    [...(config.DefaultCacheBehavior ? [config.DefaultCacheBehavior] : []), ...(config.CacheBehaviors?.Items ?? [])].some(test);

/** What would change what viewers get, and is not there yet. */
export const refusedDistributionFeatures: readonly RefusedFeature[] = [
  { feature: 'OriginGroups', isUsed: (config) => (config.OriginGroups?.Quantity ?? 0) > 0 },
  { feature: 'TrustedSigners', isUsed: anyBehaviour((behaviour) => behaviour.TrustedSigners?.Enabled === true) },
  { feature: 'LambdaFunctionAssociations', isUsed: anyBehaviour((behaviour) => (behaviour.LambdaFunctionAssociations?.Quantity ?? 0) > 0) },
  {
    feature: 'FunctionAssociations of another event than viewer-request',
    isUsed: anyBehaviour((behaviour) => (behaviour.FunctionAssociations?.Items ?? []).some((association) => association.EventType !== 'viewer-request')),
  },
  { feature: 'FieldLevelEncryptionId', isUsed: anyBehaviour((behaviour) => (behaviour.FieldLevelEncryptionId ?? '') !== '') },
  { feature: 'Compress', isUsed: anyBehaviour((behaviour) => behaviour.Compress === true) },
  { feature: 'SmoothStreaming', isUsed: anyBehaviour((behaviour) => behaviour.SmoothStreaming === true) },
  { feature: 'RealtimeLogConfigArn', isUsed: anyBehaviour((behaviour) => (behaviour.RealtimeLogConfigArn ?? '') !== '') },
  { feature: 'ForwardedValues', isUsed: anyBehaviour((behaviour) => 'ForwardedValues' in behaviour) },
  { feature: 'Staging', isUsed: (config) => config.Staging === true },
  {
    feature: 'CustomErrorResponses with a page of their own',
    isUsed: (config) => (config.CustomErrorResponses?.Items ?? []).some((response) => (response.ResponsePagePath ?? '') !== ''),
  },
  {
    feature: 'GeoRestriction',
    isUsed: (config) => (config.Restrictions?.GeoRestriction?.RestrictionType ?? 'none') !== 'none',
  },
];

/** What of a distribution is accepted without effect on this machine. */
export const inertDistributionFeatures: Readonly<Record<string, string>> = {
  Aliases: 'the listener answers under any host name',
  PriceClass: 'there is one edge location',
  ViewerCertificate: 'the listener stands for the HTTPS one with TLS left off; logs say https',
  'DefaultCacheBehavior.ViewerProtocolPolicy': 'every request counts as HTTPS, so that nothing is redirected',
  HttpVersion: 'the listener speaks HTTP/1.1',
  IsIPV6Enabled: 'the listener binds 127.0.0.1',
  WebACLId: 'there is no WAF',
  'Origins.OriginShield': 'there is one edge location',
  'Origins.CustomOriginConfig.OriginSslProtocols': 'origins on this machine are reached without TLS',
};
