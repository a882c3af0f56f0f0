import type { CachePolicyConfig, Origin, OriginRequestPolicyConfig } from '@aws-sdk/client-cloudfront';
import { acceptsGzip, cacheKeyParts, originRequestParts } from '../policies/forwarded-parts.ts';
import type { ViewerRequest } from '../viewer-request.ts';
import { originAddress } from './origin-address.ts';

/** What the edge asks of an origin. */
export interface OriginRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connectTimeoutMilliseconds: number;
  readonly readTimeoutMilliseconds: number;
  readonly attempts: number;
}

type Pairs = readonly (readonly [string, string])[];

const union = (first: Pairs, second: Pairs): Pairs => [...first, ...second.filter(([name]) => !first.some(([other]) => other === name))];

/** The marks of this edge location that origins see. */
export interface EdgeMarks {
  readonly requestId: string;
  readonly via: string;
}

/** The origin's request: path, what the two policies forward, the origin's own headers, and nothing else of the viewer. */
export const originRequest = (
  origin: Origin,
  policies: { readonly cache: CachePolicyConfig; readonly originRequest: OriginRequestPolicyConfig | undefined },
  request: ViewerRequest,
  marks: EdgeMarks,
): OriginRequest => {
  const { protocol, hostname, port, host } = originAddress(origin);
  const key = cacheKeyParts(policies.cache, request);
  const more = originRequestParts(policies.originRequest, request);
  const query = union(key.query, more.query).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const cookies = union(key.cookies, more.cookies).map(([name, value]) => `${name}=${value}`);
  const custom = (origin.CustomHeaders?.Items ?? []).map(({ HeaderName, HeaderValue }) => [(HeaderName ?? '').toLowerCase(), HeaderValue ?? ''] as const);
  return {
    url: `${protocol}//${hostname}:${port}${origin.OriginPath ?? ''}${request.uri}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    method: request.method,
    headers: {
      host,
      'user-agent': 'Amazon CloudFront',
      via: marks.via,
      'x-forwarded-for': [request.headers['x-forwarded-for'], request.ip].filter((address) => address !== undefined).join(', '),
      'x-amz-cf-id': marks.requestId,
      ...Object.fromEntries(union(key.headers, more.headers)),
      ...(acceptsGzip(policies.cache, request) && { 'accept-encoding': 'gzip' }),
      ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
      ...Object.fromEntries(custom),
    },
    connectTimeoutMilliseconds: (origin.ConnectionTimeout ?? 10) * 1000,
    readTimeoutMilliseconds: (origin.CustomOriginConfig?.OriginReadTimeout ?? 30) * 1000,
    attempts: origin.ConnectionAttempts ?? 3,
  };
};
