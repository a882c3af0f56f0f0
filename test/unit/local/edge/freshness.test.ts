import fc from 'fast-check';
import type { CachePolicyConfig } from '@aws-sdk/client-cloudfront';
import { freshnessOf } from '../../../../local/edge/cache/freshness.ts';

const now = Date.parse('2026-01-05T12:00:00Z');

const policy = (MinTTL: number, DefaultTTL: number, MaxTTL: number): CachePolicyConfig => ({ Name: 'policy', MinTTL, DefaultTTL, MaxTTL });

const seconds = (config: CachePolicyConfig, cacheControl?: string, status = 200): number | undefined => {
  const freshness = freshnessOf(config, undefined, status, cacheControl === undefined ? [] : [['Cache-Control', cacheControl]], now);
  return freshness.isStored ? freshness.seconds : undefined;
};

describe('how long an object is kept', () => {
  it.each([
    ['max-age=5', 0, 60, 100, 5],
    ['max-age=500', 0, 60, 100, 100],
    ['max-age=5', 10, 60, 100, 10],
    ['max-age=5, s-maxage=7', 0, 60, 100, 7],
    ['max-age=0', 0, 60, 100, 0],
    [undefined, 0, 60, 100, 60],
    ['no-store', 0, 60, 100, undefined],
    ['private, max-age=9', 0, 60, 100, undefined],
    ['no-cache', 10, 60, 100, 10],
    ['max-age=5', 0, 0, 0, undefined],
  ])('for %s within %d, %d, %d is %s', (cacheControl, minimum, standard, maximum, expected) => {
    expect(seconds(policy(minimum, standard, maximum), cacheControl)).toBe(expected);
  });

  it('follows Expires when there is no max-age', () => {
    const { seconds: kept } = freshnessOf(policy(0, 60, 100), undefined, 200, [['Expires', new Date(now + 30_000).toUTCString()]], now);

    expect(kept).toBe(30);
  });

  it('is ten seconds for errors unless the distribution says otherwise', () => {
    const errors = { Quantity: 1, Items: [{ ErrorCode: 404, ErrorCachingMinTTL: 0 }] };

    expect(freshnessOf(policy(0, 60, 100), undefined, 404, [], now)).toEqual({ isStored: true, seconds: 10 });
    expect(freshnessOf(policy(0, 60, 100), errors, 404, [], now).isStored).toBe(false);
  });

  it('never leaves the bounds of the policy', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), fc.nat(5_000), (minimum, standard, extra, maxAge) => {
        const kept = seconds(policy(minimum, standard, minimum + extra + 1), `max-age=${maxAge}`);

        return kept !== undefined && kept >= minimum && kept <= minimum + extra + 1;
      }),
    );
  });
});
