import fc from 'fast-check';
import { camChannelTypes } from '../../../../lambda/domain/pricing/cam-rates.ts';
import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { camOutputLines, watchedClasses } from '../../../../lambda/domain/usage/meters/cam-delivery-meter.ts';
import { geographyOfCountry } from '../../../../lambda/domain/usage/viewer-countries.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { camWindow, someCamFacts } from '../../../support/usage/cam-facts.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';

const hour = 3_600_000n;
const linesOf = (facts = someCamFacts()) => camOutputLines(facts, 'us-east-1', aPriceBook());
const from = (country: string, milliseconds: bigint) => ({ country, series: aMinuteSeries(camWindow, { 3: milliseconds }) });
const delivered = (milliseconds: bigint) => aMinuteSeries(camWindow, { 3: milliseconds });

describe('camOutputLines', () => {
  it('charges delivered hours by the billing regions of viewers, and what no country tells where most are', () => {
    const lines = linesOf(someCamFacts({ delivered: delivered(10n * hour), deliveredByCountry: [from('US', 6n * hour), from('CA', hour), from('DE', 2n * hour), from('UNKNOWN', 0n)] }));

    expect(lines.map(({ key, dimension, quantity, nanoUsd }) => [key, dimension, (quantity?.amount ?? 0n) / hour, nanoUsd])).toEqual([
      ['streaming/output/EU', 'live video to viewers in Europe, Full HD', 2n, 300_000_000n],
      ['streaming/output/NA', 'live video to viewers in North America, Full HD', 7n, 1_050_000_000n],
      ['streaming/output/UNKNOWN', 'live video to viewers in North America, Full HD', 1n, 150_000_000n],
    ]);
  });

  it('states which rendition it assumes, and what the lowest would cost', () => {
    const [line] = linesOf(someCamFacts({ delivered: delivered(hour), deliveredByCountry: [from('US', hour)] }));

    expect(line?.notes.join()).toContain('rated as FULL_HD, the highest');
    expect(line?.notes.join()).toContain('as SD it would cost 0.0375 USD');
  });

  it('states where it takes viewers to be whom no country tells, and what they would cost elsewhere', () => {
    const [line] = linesOf(someCamFacts({ delivered: delivered(hour) }));

    expect(line).toMatchObject({ key: 'streaming/output/UNKNOWN', nanoUsd: 150_000_000n });
    expect(line?.notes.join()).toMatch(/assumed in NA: all of it in \w+ would cost 0\.\d+ USD, in \w+ 0\.\d+ USD/);
  });

  it('rates what no country tells where most viewers are, though the channel is elsewhere', () => {
    const lines = linesOf(someCamFacts({ delivered: delivered(10n * hour), deliveredByCountry: [from('US', hour), from('BR', 3n * hour), from('AR', 2n * hour)] }));

    const [unknown, most] = ['UNKNOWN', 'SA'].map((place) => lines.find(({ key }) => key === `streaming/output/${place}`));
    expect([unknown?.dimension, unknown?.quantity?.amount, most?.quantity?.amount]).toEqual(['live video to viewers in South America, Full HD', 4n * hour, 5n * hour]);
    expect((unknown?.nanoUsd ?? 0n) * 5n).toBe((most?.nanoUsd ?? 0n) * 4n);
    expect(unknown?.notes.join()).toContain('assumed in SA');
  });

  it('assumes nothing of a channel that passes one picture on', () => {
    const channel = { channelArn: 'arn:aws:ivs:us-east-1:111122223333:channel/abcdefghijkl', type: 'BASIC' as const };
    const sessions = [{ streamId: 'st-1', from: camWindow.from, to: camWindow.to, picture: { widthPixels: 852, heightPixels: 480 } }];

    const [line] = linesOf(someCamFacts({ channel, sessions, delivered: delivered(hour), deliveredByCountry: [from('US', hour)] }));

    expect(line).toMatchObject({ dimension: 'live video to viewers in North America, SD', nanoUsd: 37_500_000n });
    expect(line?.notes.join()).toContain('the only one');
  });

  it('measures 0 where the channel took in and nobody watched, and no data where neither metric has a point', () => {
    const [nobody] = linesOf(someCamFacts());
    const [nothing] = linesOf(someCamFacts({ input: aMinuteSeries(camWindow) }));
    const [nobodyStreamed] = linesOf(someCamFacts({ sessions: [], input: aMinuteSeries(camWindow) }));

    expect([nobody?.quantity?.amount, nobody?.adds]).toEqual([0n, expect.objectContaining({ streamingDeliveredMilliseconds: 0n })]);
    expect([nobodyStreamed?.quantity?.amount, nobodyStreamed?.nanoUsd]).toEqual([0n, 0n]);
    expect([nothing?.quantity, nothing?.adds]).toEqual([undefined, { streamingNoDataLines: 1n }]);
  });

  it('sums to the total of the channel, or of its countries where they have more', () => {
    const country = fc.constantFrom('US', 'DE', 'JP', 'BR', 'ZZ', 'UNKNOWN');
    const amount = fc.bigInt({ min: 0n, max: 1n << 50n });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(country, amount), { selector: ([name]) => name }), amount, (parts, total) => {
        const told = parts.reduce((sum, [, one]) => sum + one, 0n);

        const lines = linesOf(someCamFacts({ delivered: delivered(total), deliveredByCountry: parts.map(([name, one]) => from(name, one)) }));

        expect(sumMeasures(lines.map(({ adds }) => adds)).streamingDeliveredMilliseconds).toBe(total > told ? total : told);
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
      }),
    );
  });
});

describe('watchedClasses', () => {
  it('never has a lowest class above the highest', () => {
    const order = ['SD', 'HD', 'FULL_HD'];
    fc.assert(
      fc.property(fc.constantFrom(...camChannelTypes), fc.array(fc.record({ picture: fc.record({ widthPixels: fc.integer({ min: 100, max: 3840 }), heightPixels: fc.integer({ min: 100, max: 2160 }) }) })), (type, sessions) => {
        const { highest, lowest } = watchedClasses(type, sessions);

        expect(order.indexOf(lowest)).toBeLessThanOrEqual(order.indexOf(highest));
      }),
    );
  });

  it('takes what the service has not told for the largest of the type', () => {
    expect(watchedClasses('STANDARD', [{}])).toEqual({ highest: 'FULL_HD', lowest: 'SD' });
    expect(watchedClasses('ADVANCED_HD', [{ picture: { widthPixels: 1920, heightPixels: 1080 } }])).toEqual({ highest: 'HD', lowest: 'SD' });
    expect(watchedClasses('BASIC', [{ picture: { widthPixels: 1280, heightPixels: 720 } }, { picture: { widthPixels: 852, heightPixels: 480 } }])).toEqual({ highest: 'HD', lowest: 'SD' });
  });

  it('leaves open how a picture is classed that is higher than wide', () => {
    expect(watchedClasses('BASIC', [{ picture: { widthPixels: 480, heightPixels: 852 } }])).toEqual({ highest: 'FULL_HD', lowest: 'SD' });
    expect(watchedClasses('ADVANCED_SD', [{ picture: { widthPixels: 480, heightPixels: 852 } }])).toEqual({ highest: 'SD', lowest: 'SD' });
  });
});

describe('geographyOfCountry', () => {
  it.each([['US', 'NA'], ['DE', 'EU'], ['JP', 'JP'], ['BR', 'SA'], ['ZA', 'MEA'], ['NZ', 'AU'], ['SG', 'AP'], ['KR', 'KR'], ['UNKNOWN', undefined], ['toString', undefined]])('maps %s to %s', (country, geography) => {
    expect(geographyOfCountry(country)).toBe(geography);
  });
});
