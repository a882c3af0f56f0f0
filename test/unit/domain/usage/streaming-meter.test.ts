import fc from 'fast-check';
import { formatUsd } from '../../../../lambda/domain/pricing/usd.ts';
import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { billableRunMinutes, runMonths, streamingLines } from '../../../../lambda/domain/usage/meters/streaming-meter.ts';
import { aChannelRun, aRanOutput } from '../../../support/usage/a-show.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';

const hour = { from: Date.parse('2026-11-23T10:00:30Z'), to: Date.parse('2026-11-23T11:00:30Z') };

const total = (lines: ReturnType<typeof streamingLines>) => sumMeasures(lines.map(({ adds }) => adds));

describe('streamingLines', () => {
  it('prices every output at its own class instead of one HD price times their number', () => {
    const sizes = [[1920, 1080], [1280, 720], [854, 480], [426, 240], [1920, 1080]] as const;
    const outputs = sizes.map(([widthPixels, heightPixels], index) => aRanOutput({ name: `o${index}`, widthPixels, heightPixels }));
    const base = aChannelRun();
    const run = aChannelRun({ channel: { ...base.channel, channelClass: 'STANDARD', inputs: [], outputs } });

    const lines = streamingLines({ run, ...hour }, 'us-east-1', aPriceBook());

    expect(formatUsd(total(lines).streamingNanoUsd ?? 0n)).toBe('2.814'); // 3 × 0.702 + 2 × 0.354
  });

  it('bills the class that an input declares', () => {
    const [input] = streamingLines({ run: aChannelRun(), ...hour }, 'us-east-1', aPriceBook()).filter(({ key }) => key.includes('input'));

    expect(input).toMatchObject({ nanoUsd: 140_400_000n, rate: { usageType: 'EML1-USE1-IN-AVC-HD-L10' } });
  });

  it('bills a standard channel at the standard rate', () => {
    const base = aChannelRun();
    const lines = streamingLines({ run: { ...base, channel: { ...base.channel, channelClass: 'STANDARD' } }, ...hour }, 'us-east-1', aPriceBook());

    expect(lines.flatMap(({ rate }) => rate?.usageType ?? [])).toEqual(['EML2-USE1-IN-AVC-HD-L10', 'EML2-USE1-OUT-AVC-HD-L10-30-S']);
  });

  it('shows running time and bills whole minutes, at least ten', () => {
    const lines = streamingLines({ run: aChannelRun(), from: hour.from, to: hour.from + 61_001 }, 'us-east-1', aPriceBook());

    expect(total(lines)).toMatchObject({ streamingRunMilliseconds: 61_001n, streamingBillableMinutes: 10n });
    expect(lines.find(({ key }) => key.includes('output'))).toMatchObject({ billable: { numerator: 10n, denominator: 60n, unit: 'Hrs' } });
  });

  it('bills each run on its own when a channel is restarted', () => {
    const second = { run: aChannelRun({ attempt: 2 }), from: hour.to, to: hour.to + 1_000 };

    const lines = [{ run: aChannelRun(), ...hour }, second].flatMap((run) => streamingLines(run, 'us-east-1', aPriceBook()));

    expect(total(lines).streamingBillableMinutes).toBe(70n);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });

  it('puts a run over the end of a month on both sides, the remainder where it ends', () => {
    const run = { run: aChannelRun(), from: Date.parse('2026-11-30T23:59:30Z'), to: Date.parse('2026-12-01T00:10:30Z') };

    const lines = streamingLines(run, 'us-east-1', aPriceBook()).filter(({ key }) => key.endsWith('time'));

    expect(lines.map(({ month, adds, periodEnd }) => [month, adds.streamingBillableMinutes, periodEnd])).toEqual([
      ['2026-11', 0n, '2026-12-01T00:00:00.000Z'],
      ['2026-12', 11n, '2026-12-01T00:10:30.000Z'],
    ]);
  });

  it('splits time and billable minutes over months without losing any', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }), fc.integer({ min: 0, max: 90 * 86_400_000 }), (from, duration) => {
        const parts = runMonths({ from, to: from + duration });
        const minutes = parts.reduce((sum, { billableMinutes }) => sum + billableMinutes, 0n);
        const milliseconds = parts.reduce((sum, part) => sum + part.to - part.from, 0);
        return minutes === billableRunMinutes(duration) && milliseconds === duration && parts.every(({ billableMinutes }) => billableMinutes >= 0n);
      }),
      { seed: 23 },
    );
  });

  it('keeps a line unpriced where the Region has no rates', () => {
    const lines = streamingLines({ run: aChannelRun(), ...hour }, 'eu-west-3', aPriceBook());

    expect(lines.filter(({ key }) => !key.endsWith('time')).map(({ nanoUsd, unpriced }) => [nanoUsd, unpriced])).toEqual([
      [undefined, 'no SKU for input AVC HD up to 10 Mbit/s, single pipeline in eu-west-3'],
      [undefined, 'no SKU for output AVC HD up to 10 Mbit/s, up to 30 fps, single pipeline in eu-west-3'],
    ]);
    expect(total(lines)).toMatchObject({ streamingUnpricedLines: 2n });
    expect(total(lines).streamingNanoUsd).toBeUndefined();
  });

  it('keeps a line unpriced when several rates fit', () => {
    const book = aPriceBook();
    const twice = { ...book, rates: [...book.rates, aRate('AWSElementalMediaLive', 'EML1-USE1-IN-AVC-HD-L10', 'Hrs', '0.2', { sku: 'OTHER' })] };

    const [input] = streamingLines({ run: aChannelRun(), ...hour }, 'us-east-1', twice).filter(({ key }) => key.includes('input'));

    expect(input?.unpriced).toMatch(/2 SKUs .*OTHER/);
  });

  it('does not take a reserved rate for an on-demand one', () => {
    const book = aPriceBook();
    const reservedOnly = { ...book, rates: book.rates.filter(({ usageType }) => usageType !== 'EML1-USE1-OUT-AVC-HD-L10-30-S') };

    const [output] = streamingLines({ run: aChannelRun(), ...hour }, 'us-east-1', reservedOnly).filter(({ key }) => key.includes('output'));

    expect(output?.unpriced).toMatch(/^no SKU/);
  });

  it('keeps an output above every class unpriced', () => {
    const base = aChannelRun();
    const run = { ...base, channel: { ...base.channel, outputs: [aRanOutput({ framesPerSecond: 120 })] } };

    const [output] = streamingLines({ run, ...hour }, 'us-east-1', aPriceBook()).filter(({ key }) => key.includes('output'));

    expect(output?.unpriced).toMatch(/no SKU for output AVC HD .* up to MORE fps/);
  });
});
