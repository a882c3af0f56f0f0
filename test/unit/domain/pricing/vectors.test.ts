import { formatDecimal, fraction, multiply, parseDecimal, roundHalfEven } from '../../../../lambda/domain/pricing/fraction.ts';
import { graduatedUsd } from '../../../../lambda/domain/pricing/graduated-charge.ts';
import { sortTiers, type RateTier } from '../../../../lambda/domain/pricing/rate.ts';
import { billableOutputSeconds } from '../../../../lambda/domain/usage/meters/conversion-meter.ts';
import { billableRunMinutes } from '../../../../lambda/domain/usage/meters/streaming-meter.ts';
import { gigabyteMonths } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { bytesPerGigabyte } from '../../../../lambda/domain/usage/meters/packaging-meter.ts';
import vectors from '../../../vectors/usage-golden.json' with { type: 'json' };

describe('worked examples', () => {
  it.each(vectors.billableRunTime.cases)('bills runs of $runSeconds s as $billableMinutes minutes', ({ runSeconds, billableMinutes }) => {
    const minutes = runSeconds.map((seconds) => billableRunMinutes(seconds * 1_000)).reduce((sum, one) => sum + one, 0n);

    expect(minutes).toBe(BigInt(billableMinutes));
  });

  it.each(vectors.billableConversion.cases)('bills outputs of $outputMilliseconds ms as $billableSeconds seconds', ({ outputMilliseconds, billableSeconds }) => {
    const seconds = outputMilliseconds.map((milliseconds) => billableOutputSeconds(BigInt(milliseconds))).reduce((sum, one) => sum + one, 0n);

    expect(seconds).toBe(BigInt(billableSeconds));
  });

  it.each(vectors.mediaLiveHour.cases)('sums the hour of a channel to $usd', ({ items, hours, usd }) => {
    const nano = items
      .map(({ count, usdPerHour }) => multiply(multiply(parseDecimal(usdPerHour), fraction(BigInt(count))), parseDecimal(hours)))
      .reduce((sum, one) => sum + roundHalfEven(multiply(one, fraction(10n ** 9n))), 0n);

    expect(formatDecimal(fraction(nano, 10n ** 9n), 9)).toBe(usd);
  });

  it.each(vectors.cloudFrontGraduated.cases)('charges $gb GB of a month with $usd', ({ gb, usd }) => {
    const tiers: RateTier[] = vectors.cloudFrontGraduated.tiers.map(({ fromGB, toGB, usdPerGB }) => ({
      from: fromGB,
      ...(toGB === 'Inf' ? {} : { to: toGB }),
      usdPerUnit: usdPerGB,
      rateCode: fromGB,
    }));

    expect(formatDecimal(graduatedUsd(sortTiers(tiers.reverse()), fraction(0n), parseDecimal(gb)), 9)).toBe(usd);
  });

  it.each(vectors.mediaPackage.cases)('charges $ingressGB GB in and $egressGB GB out with $usd', (given) => {
    const charge = (gigabytes: string, price: string): bigint => {
      const bytes = BigInt(gigabytes) * bytesPerGigabyte;
      return roundHalfEven(multiply(multiply(fraction(bytes, bytesPerGigabyte), parseDecimal(price)), fraction(10n ** 9n)));
    };

    const nano = charge(given.ingressGB, given.usdPerIngressGB) + charge(given.egressGB, given.usdPerEgressGB);

    expect(formatDecimal(fraction(nano, 10n ** 9n), 9)).toBe(given.usd);
  });

  it.each(vectors.s3ByteHours.cases)('holds $bytes bytes for $hours of $hoursInMonth hours as $gbMonths GB-months', ({ bytes, hours, hoursInMonth, gbMonths, usdPerGBMonth, usd }) => {
    // October has 744 hours, February of a common year 672.
    const month = hoursInMonth === 744 ? '2026-10' : '2026-02';
    const storedAt = Date.parse(`${month}-01T00:00:00Z`);

    const exact = gigabyteMonths([{ bytes: BigInt(bytes), storedAt }], month, storedAt + hours * 3_600_000);

    expect(formatDecimal(exact, 9)).toBe(gbMonths);
    expect(formatDecimal(multiply(exact, parseDecimal(usdPerGBMonth)), 9)).toBe(usd);
  });
});

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
