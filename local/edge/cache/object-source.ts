import type { Clock } from '../../runtime/clock.ts';
import type { OriginRequest } from '../origin/origin-request.ts';
import type { CachedObject } from './cached-object.ts';
import type { ObjectCache } from './object-cache.ts';
import type { Fetched, FetchRules, ObjectFetcher } from './object-fetch.ts';

/** Where viewers' objects come from: the cache, a fetch that is under way, or the origin. */
export interface ObjectSource {
  get(key: string, request: OriginRequest, rules: FetchRules): Promise<Fetched>;
}

interface Arriving {
  readonly fetched: Promise<Fetched>;
}

const isArriving = (fetched: Fetched): boolean => fetched.kind === 'object' && !fetched.object.isComplete && !fetched.object.hasFailed;

/** A source over one cache. Requests for one key at one time make one request to the origin, unless its answer is for one viewer only. */
export const createObjectSource = (cache: ObjectCache, fetcher: ObjectFetcher, clock: Clock): ObjectSource => {
  const underWay = new Map<string, Arriving>();

  const lead = async (key: string, request: OriginRequest, rules: FetchRules, stale: CachedObject | undefined): Promise<Fetched> => {
    const arriving: Arriving = { fetched: fetcher.fetch(key, request, rules, stale) };
    underWay.set(key, arriving);
    const release = (): void => {
      if (underWay.get(key) === arriving) underWay.delete(key);
    };
    try {
      const fetched = await arriving.fetched;
      if (fetched.kind === 'object' && isArriving(fetched)) void fetched.object.completed().then(release, release);
      else release();
      return fetched;
    } catch (error) {
      release();
      throw error;
    }
  };
  const follow = async ({ fetched }: Arriving, own: () => Promise<Fetched>): Promise<Fetched> => {
    const shared = await fetched;
    if (shared.kind === 'unshared') return own();
    return { ...shared, result: shared.result === 'Error' ? 'Error' : 'Hit' };
  };
  return {
    get: async (key, request, rules) => {
      const kept = cache.get(key);
      if (kept && clock.now() < kept.freshUntil) return { kind: 'object', object: kept, result: kept.status >= 400 ? 'Error' : 'Hit' };
      const arriving = underWay.get(key);
      if (arriving) return follow(arriving, () => fetcher.fetch(key, request, rules, undefined));
      // An error that was kept is no copy to fall back to.
      return lead(key, request, rules, kept && kept.status < 400 ? kept : undefined);
    },
  };
};
