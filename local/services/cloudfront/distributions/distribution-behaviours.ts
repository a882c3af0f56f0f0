import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig } from '@aws-sdk/client-cloudfront';

/** A behaviour as a distribution's configuration has it. */
export type ConfiguredBehaviour = DefaultCacheBehavior | CacheBehavior;

/** Every behaviour of a distribution with a name for messages, the default one first. */
export const behavioursOf = (config: DistributionConfig): readonly (readonly [string, ConfiguredBehaviour])[] => [
  ...(config.DefaultCacheBehavior ? [['DefaultCacheBehavior', config.DefaultCacheBehavior] as const] : []),
  ...(config.CacheBehaviors?.Items ?? []).map((behaviour) => [`CacheBehavior ${behaviour.PathPattern ?? ''}`, behaviour] as const),
];
