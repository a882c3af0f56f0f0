import { camHourlyRates } from '../../../../lambda/domain/pricing/cam-hourly-rates.ts';
import { hourlyRates } from '../../../../lambda/domain/pricing/hourly-rates.ts';
import { aMeteredPipeline, aRanOutput } from '../../../support/usage/a-show.ts';
import { aCamPipeline } from '../../../support/shows/a-cam-plan.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';

describe('hourlyRates', () => {
  it('sums inputs and outputs while running and names what has no price while idle', () => {
    const base = aMeteredPipeline();
    const outputs = [aRanOutput(), aRanOutput({ name: '720p', widthPixels: 1280, heightPixels: 720 }), aRanOutput({ name: '480p', widthPixels: 854, heightPixels: 480 })];

    const rates = hourlyRates({ ...base, channel: { ...base.channel, outputs } }, aPriceBook());

    expect(rates.running).toEqual({
      usdPerHour: '1.1952', // 0.1404 + 2 × 0.4212 + 0.2124, as a public study of us-east-1 of 2026-09 has it
      items: [
        { what: 'input AVC HD up to 10 Mbit/s, single pipeline', count: 1, usdPerHour: '0.1404000000' },
        { what: 'output AVC HD up to 10 Mbit/s, up to 30 fps, single pipeline', count: 2, usdPerHour: '0.4212000000' },
        { what: 'output AVC SD up to 10 Mbit/s, up to 30 fps, single pipeline', count: 1, usdPerHour: '0.2124000000' },
      ],
    });
    expect(rates.idle).toEqual({
      usdPerHour: '0.01',
      items: [
        { what: 'idle channel', count: 1, usdPerHour: '0.0100000000' },
        { what: 'idle push input', count: 1, unpriced: 'no SKU for idle push input in us-east-1' },
      ],
    });
  });

  it('prices nothing without a book', () => {
    const rates = hourlyRates(aMeteredPipeline(), undefined);

    expect(rates).toMatchObject({ priceBookId: null, running: { usdPerHour: '0' } });
    expect(rates.running.items.every(({ unpriced }) => unpriced?.startsWith('no price book'))).toBe(true);
  });
});

describe('camHourlyRates', () => {
  const ofType = (type: 'BASIC' | 'STANDARD' | 'ADVANCED_SD' | 'ADVANCED_HD') => camHourlyRates(aCamPipeline({ channel: { ...aCamPipeline().channel, type } }), aPriceBook());

  it('are of the stream by the type of the channel, and nothing while nobody streams', () => {
    expect(ofType('STANDARD')).toMatchObject({ running: { usdPerHour: '2', items: [{ what: 'live input, Standard channel', count: 1, usdPerHour: expect.any(String) }] }, idle: { usdPerHour: '0', items: [] } });
  });

  it('tell what a viewer costs, by where he is and by the class that he is given', () => {
    const { viewerHour } = ofType('ADVANCED_HD');

    expect(new Set(viewerHour.map(({ outputClass }) => outputClass))).toEqual(new Set(['SD', 'HD']));
    expect(viewerHour.filter(({ geography }) => geography === 'NA').map(({ outputClass, usdPerHour }) => [outputClass, Number(usdPerHour)])).toEqual([['SD', 0.0375], ['HD', 0.075]]);
    expect(viewerHour).toHaveLength(9 * 2);
  });

  it('name what has no price, and count nothing of it', () => {
    const { running, viewerHour } = camHourlyRates(aCamPipeline(), undefined);

    expect(running.usdPerHour).toBe('0');
    expect([...running.items, ...viewerHour].every(({ unpriced }) => unpriced?.startsWith('no price book'))).toBe(true);
  });
});
