import type { CachePolicyConfig, OriginRequestPolicyConfig } from '@aws-sdk/client-cloudfront';
import { queryParameters, requestCookies, type ViewerRequest } from '../viewer-request.ts';

type Pairs = readonly (readonly [string, string])[];

/** The parts of a viewer's request that a policy names. */
export interface SelectedParts {
  readonly headers: Pairs;
  readonly query: Pairs;
  readonly cookies: Pairs;
}

type Names = { readonly Items?: readonly string[] | undefined } | undefined;

const select = (pairs: Pairs, behaviour: string | undefined, names: Names): Pairs => {
  const listed = new Set((names?.Items ?? []).map((name) => name.toLowerCase()));
  if (behaviour === 'whitelist') return pairs.filter(([name]) => listed.has(name.toLowerCase()));
  if (behaviour === 'allExcept') return pairs.filter(([name]) => !listed.has(name.toLowerCase()));
  // The headers that CloudFront would add (country, device) are not there: `allViewerAndWhitelistCloudFront` forwards the viewer's.
  return ['all', 'allViewer', 'allViewerAndWhitelistCloudFront'].includes(behaviour ?? '') ? pairs : [];
};

// The edge writes these itself, or they have a policy of their own.
const neverForwarded = new Set(['cookie', 'accept-encoding', 'via', 'x-amz-cf-id', 'x-forwarded-for', 'connection', 'content-length', 'expect', 'keep-alive', 'te', 'transfer-encoding', 'upgrade', 'range', 'if-none-match', 'if-modified-since', 'if-range', 'if-match', 'if-unmodified-since']);

const headerPairs = (request: ViewerRequest): Pairs => Object.entries(request.headers).filter(([name]) => !neverForwarded.has(name));

/** What of the request is in the cache key, in the order of names. */
export const cacheKeyParts = (policy: CachePolicyConfig, request: ViewerRequest): SelectedParts => {
  const key = policy.ParametersInCacheKeyAndForwardedToOrigin;
  return {
    headers: select(headerPairs(request), key?.HeadersConfig?.HeaderBehavior, key?.HeadersConfig?.Headers),
    query: select(queryParameters(request.query), key?.QueryStringsConfig?.QueryStringBehavior, key?.QueryStringsConfig?.QueryStrings),
    cookies: select(requestCookies(request.headers), key?.CookiesConfig?.CookieBehavior, key?.CookiesConfig?.Cookies),
  };
};

/** What of the request goes to the origin beside what is in the cache key. */
export const originRequestParts = (policy: OriginRequestPolicyConfig | undefined, request: ViewerRequest): SelectedParts => ({
  headers: select(headerPairs(request), policy?.HeadersConfig?.HeaderBehavior, policy?.HeadersConfig?.Headers),
  query: select(queryParameters(request.query), policy?.QueryStringsConfig?.QueryStringBehavior, policy?.QueryStringsConfig?.QueryStrings),
  cookies: select(requestCookies(request.headers), policy?.CookiesConfig?.CookieBehavior, policy?.CookiesConfig?.Cookies),
});

/** Whether the viewer takes gzip and the policy lets the edge ask for it. Brotli is left out: nothing on this machine sends it. */
export const acceptsGzip = (policy: CachePolicyConfig, request: ViewerRequest): boolean =>
  policy.ParametersInCacheKeyAndForwardedToOrigin?.EnableAcceptEncodingGzip === true && /\bgzip\b/i.test(request.headers['accept-encoding'] ?? '');

/** The key under which the response is kept. HEAD shares GET's object. */
export const cacheKey = (distributionId: string, originId: string, policy: CachePolicyConfig, request: ViewerRequest): string => {
  const parts = cacheKeyParts(policy, request);
  const sorted = (pairs: Pairs): Pairs => [...pairs].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return JSON.stringify([distributionId, originId, request.uri, parts.query, sorted(parts.headers), sorted(parts.cookies), acceptsGzip(policy, request)]);
};
