import { formatDecimal, fraction } from '../../../../lambda/domain/pricing/fraction.ts';
import { graduatedUsd } from '../../../../lambda/domain/pricing/graduated-charge.ts';
import type { RateTier } from '../../../../lambda/domain/pricing/rate.ts';

describe('graduatedUsd', () => {
  const tiers: RateTier[] = [
    { from: '0', to: '10', usdPerUnit: '1', rateCode: 'a' },
    { from: '10', usdPerUnit: '0.5', rateCode: 'b' },
  ];

  it('charges what lies between two cumulative quantities', () => {
    expect(formatDecimal(graduatedUsd(tiers, fraction(8n), fraction(14n)), 9)).toBe('4');
  });

  it('rejects a cumulative quantity that shrinks', () => {
    expect(() => graduatedUsd(tiers, fraction(8n), fraction(7n))).toThrow(/shrink/);
  });

  it('rejects tiers with a gap', () => {
    expect(() => graduatedUsd(tiers.slice(1), fraction(0n), fraction(14n))).toThrow(/cover/);
  });
});
