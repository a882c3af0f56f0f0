import { fraction, multiply, roundHalfEven } from '../../../../lambda/domain/pricing/fraction.ts';
import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { packagingLines } from '../../../../lambda/domain/usage/meters/packaging-meter.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import vectors from '../../../vectors/usage-golden.json' with { type: 'json' };

const window = { from: Date.parse('2026-11-23T10:00:00Z'), to: Date.parse('2026-11-23T10:05:00Z') };
const watermark = window.to + 180_000;

describe('packagingLines', () => {
  it.each(vectors.mediaPackage.cases)('charges $ingressGB GB ingested and $egressGB GB originated with $usd', ({ ingressGB, egressGB, usd }) => {
    const ingress = aMinuteSeries(window, { 0: BigInt(ingressGB) << 29n, 4: BigInt(ingressGB) << 29n });
    const egress = aMinuteSeries(window, { 2: BigInt(egressGB) << 30n });

    const lines = packagingLines({ scope: '', window, ingress, egress, watermark }, 'us-east-1', aPriceBook());

    const dollars = roundHalfEven(multiply(fraction(BigInt(usd.replace('.', ''))), fraction(10n ** 7n)));
    expect(sumMeasures(lines.map(({ adds }) => adds)).packagingNanoUsd).toBe(dollars);
  });

  it('tells no data from zero', () => {
    const lines = packagingLines({ scope: '', window, ingress: aMinuteSeries(window, { 0: 0n }), egress: aMinuteSeries(window), watermark }, 'us-east-1', aPriceBook());

    expect(lines.map(({ quantity, nanoUsd }) => [quantity?.amount, nanoUsd])).toEqual([[0n, 0n], [undefined, undefined]]);
    expect(sumMeasures(lines.map(({ adds }) => adds))).toEqual({ packagingIngressBytes: 0n, packagingNanoUsd: 0n, packagingChargeNanoUsd: 0n, packagingNoDataLines: 1n });
  });

  it('notes gaps and what the source calls missing', () => {
    const [ingress] = packagingLines({ scope: '', window, ingress: aMinuteSeries(window, { 0: 1n }, false), egress: aMinuteSeries(window), watermark }, 'us-east-1', aPriceBook());

    expect(ingress?.notes).toEqual(['4 of 5 minutes without a point', 'the source says that points are missing']);
  });

  it('flags what cannot be, and counts the rest', () => {
    const refused = [window.from + 60_000, window.from + 3_600_000];
    const ingress = { ...aMinuteSeries(window, { 0: 100n }, false), refused };

    const lines = packagingLines({ scope: '', window, ingress, egress: { ...aMinuteSeries(window, {}, false), refused }, watermark }, 'us-east-1', aPriceBook());

    expect(lines.map(({ quantity, notes }) => [quantity?.amount, notes[1]])).toEqual([
      [100n, '1 minutes have a point that is negative, no whole number, or told twice differently, the first at 2026-11-23T10:01:00.000Z: they count as without a point'],
      [undefined, lines[0]!.notes[1]],
    ]);
  });

  it('gives each month the minutes that lie in it', () => {
    const over = { from: Date.parse('2026-11-30T23:58:00Z'), to: Date.parse('2026-12-01T00:02:00Z') };
    const series = aMinuteSeries(over, { 0: 1n, 1: 2n, 2: 4n, 3: 8n });

    const lines = packagingLines({ scope: '', window: over, ingress: series, egress: series, watermark }, 'us-east-1', aPriceBook());

    expect(lines.map(({ month, key, quantity }) => [month, key, quantity?.amount])).toEqual([
      ['2026-11', 'packaging/ingress', 3n], ['2026-11', 'packaging/egress', 3n], ['2026-12', 'packaging/ingress', 12n], ['2026-12', 'packaging/egress', 12n],
    ]);
  });
});
