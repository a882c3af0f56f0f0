import type { CachePolicyConfig, CustomErrorResponses } from '@aws-sdk/client-cloudfront';
import type { Clock } from '../../runtime/clock.ts';
import type { EdgeResult } from '../edge-answer.ts';
import { type HeaderList, headerValue, replaceHeaders } from '../header-list.ts';
import { type OriginClient, OriginError, type OriginResponse } from '../origin/origin-client.ts';
import type { OriginRequest } from '../origin/origin-request.ts';
import { CachedObject } from './cached-object.ts';
import { freshnessOf } from './freshness.ts';
import type { ObjectCache } from './object-cache.ts';

/** What fetching decides with: where objects are kept and by what rules. */
export interface FetchRules {
  readonly policy: CachePolicyConfig;
  readonly errors: CustomErrorResponses | undefined;
}

/** A fetched object that viewers may share, or a response for the one viewer that asked. */
export type Fetched =
  | { readonly kind: 'object'; readonly object: CachedObject; readonly result: EdgeResult }
  | { readonly kind: 'unshared'; readonly response: OriginResponse };

/** Fetches from origins into the cache. */
export interface ObjectFetcher {
  /** The object of the key, asked of the origin: conditionally when `stale` is there. Viewers that ask while it arrives share it. */
  fetch(key: string, request: OriginRequest, rules: FetchRules, stale: CachedObject | undefined): Promise<Fetched>;
}

/** Larger bodies go through without a copy. */
const maximumObjectBytes = 32 * 1024 * 1024;

const validators = (stale: CachedObject | undefined): Record<string, string> => {
  const etag = stale && headerValue(stale.headers, 'etag');
  const modified = stale && headerValue(stale.headers, 'last-modified');
  return { ...(etag !== undefined && { 'if-none-match': etag }), ...(modified !== undefined && { 'if-modified-since': modified }) };
};

const fill = (object: CachedObject, response: OriginResponse, onComplete: () => void): void => {
  response.body.on('data', (chunk: Buffer) => object.append(chunk));
  response.body.once('error', () => object.finish('failed'));
  response.body.once('end', () => {
    object.finish('complete');
    onComplete();
  });
  response.body.once('close', () => {
    if (!object.isComplete && !object.hasFailed) object.finish('failed');
  });
};

/** A fetcher over one cache. */
export const createObjectFetcher = (client: OriginClient, cache: ObjectCache, clock: Clock): ObjectFetcher => {
  const ask = async (key: string, request: OriginRequest, { policy, errors }: FetchRules, stale: CachedObject | undefined): Promise<Fetched> => {
    const response = await client.send({ ...request, headers: { ...request.headers, ...validators(stale) } });
    const now = clock.now();
    const until = (status: number, headers: HeaderList): number => now + freshnessOf(policy, errors, status, headers, now).seconds * 1000;
    if (stale && response.status === 304) {
      response.body.resume();
      const headers = replaceHeaders(stale.headers, response.headers.filter(([name]) => name.toLowerCase() !== 'content-length'));
      const renewed = stale.renewed(headers, now, until(stale.status, headers));
      cache.put(key, renewed);
      return { kind: 'object', object: renewed, result: 'RefreshHit' };
    }
    if (stale && response.status >= 500) {
      response.body.resume();
      return { kind: 'object', object: stale, result: 'Hit' };
    }
    const { isStored } = freshnessOf(policy, errors, response.status, response.headers, now);
    if (!isStored || Number(headerValue(response.headers, 'content-length') ?? 0) > maximumObjectBytes) return { kind: 'unshared', response };
    const { status, headers } = response;
    const object = new CachedObject({ status, headers, storedAt: now, freshUntil: until(status, headers) });
    fill(object, response, () => {
      if (object.bytes <= maximumObjectBytes) cache.put(key, object);
    });
    return { kind: 'object', object, result: status >= 400 ? 'Error' : 'Miss' };
  };
  return {
    fetch: async (key, request, rules, stale) => {
      try {
        return await ask(key, request, rules, stale);
      } catch (error) {
        // What is kept is served on when the origin is gone, as CloudFront does.
        if (stale && error instanceof OriginError) return { kind: 'object', object: stale, result: 'Hit' };
        throw error;
      }
    },
  };
};
