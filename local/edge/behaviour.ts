import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig } from '@aws-sdk/client-cloudfront';

/** A behaviour of a distribution: the default one has no pattern. */
export type Behaviour = CacheBehavior | DefaultCacheBehavior;

const patternExpression = (pattern: string): RegExp => {
  const rooted = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const source = rooted.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
};

/** Whether a path matches a behaviour's pattern: `*` is any run of characters, `?` one, case counts, the query does not. */
export const matchesPattern = (pattern: string, path: string): boolean => patternExpression(pattern).test(path);

/** The first behaviour in order whose pattern matches the viewer's path, else the default one. */
export const behaviourFor = (config: DistributionConfig, path: string): Behaviour | undefined =>
  config.CacheBehaviors?.Items?.find(({ PathPattern }) => PathPattern !== undefined && matchesPattern(PathPattern, path)) ??
  config.DefaultCacheBehavior;

/** Whether the behaviour takes the method; GET and HEAD when it says nothing. */
export const allowsMethod = (behaviour: Behaviour, method: string): boolean =>
  (behaviour.AllowedMethods?.Items ?? ['GET', 'HEAD']).some((allowed) => allowed === method);
