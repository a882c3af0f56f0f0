import type { CachePolicyConfig, CustomErrorResponses } from '@aws-sdk/client-cloudfront';
import { type HeaderList, headerValue } from '../header-list.ts';

/** How long an object may be kept. */
export interface Freshness {
  readonly isStored: boolean;
  /** Seconds until it must be asked for again. */
  readonly seconds: number;
}

const notStored: Freshness = { isStored: false, seconds: 0 };

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
const storedStatuses = new Set([200, 203, 300, 301, 302, 307, 308]);
const errorStatuses = new Set([400, 403, 404, 405, 410, 414, 416, 500, 501, 502, 503, 504]);
const defaultErrorSeconds = 10;

const directives = (headers: HeaderList): ReadonlyMap<string, string> =>
  new Map(
    (headerValue(headers, 'cache-control') ?? '')
      .toLowerCase()
      .split(',')
      .map((directive) => directive.trim().split('='))
      .map(([name, value]) => [name ?? '', value?.replaceAll('"', '') ?? '']),
  );

const originSeconds = (headers: HeaderList, now: number): number | undefined => {
  const control = directives(headers);
  const maxAge = control.get('s-maxage') ?? control.get('max-age');
  if (maxAge !== undefined && /^\d+$/.test(maxAge)) return Number(maxAge);
  const expires = Date.parse(headerValue(headers, 'expires') ?? '');
  return Number.isNaN(expires) ? undefined : Math.max(0, (expires - now) / 1000);
};

const errorFreshness = (status: number, headers: HeaderList, errors: CustomErrorResponses | undefined, now: number): Freshness => {
  const configured = errors?.Items?.find(({ ErrorCode }) => ErrorCode === status)?.ErrorCachingMinTTL ?? defaultErrorSeconds;
  const seconds = Math.max(configured, originSeconds(headers, now) ?? 0);
  return seconds > 0 ? { isStored: true, seconds } : notStored;
};

/**
 * How long CloudFront keeps a response: the origin's word within the policy's bounds, errors for the error caching TTL.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist
 */
export const freshnessOf = (policy: CachePolicyConfig, errors: CustomErrorResponses | undefined, status: number, headers: HeaderList, now: number): Freshness => {
  if (errorStatuses.has(status)) return errorFreshness(status, headers, errors, now);
  const minimum = policy.MinTTL ?? 0;
  const maximum = Math.max(policy.MaxTTL ?? 31_536_000, minimum);
  if (!storedStatuses.has(status) || maximum === 0) return notStored;
  const control = directives(headers);
  if (['no-store', 'no-cache', 'private'].some((name) => control.has(name))) return minimum > 0 ? { isStored: true, seconds: minimum } : notStored;
  const wanted = originSeconds(headers, now) ?? policy.DefaultTTL ?? 86_400;
  return { isStored: true, seconds: Math.min(Math.max(wanted, minimum), maximum) };
};
