import fc from 'fast-check';
import { priceGeographies } from '../../../../lambda/domain/pricing/delivery-rates.ts';
import { deliveryKinds } from '../../../../lambda/domain/usage/access-log/viewer-path.ts';
import type { DeliveryLogRow } from '../../../../lambda/domain/usage/delivery-log.ts';
import { sumMeasures, type Measures } from '../../../../lambda/domain/usage/measures.ts';
import { deliveryLines, isFullyLogged, type DeliveryFacts } from '../../../../lambda/domain/usage/meters/delivery-meter.ts';
import { usageView } from '../../../../lambda/domain/usage/usage-view.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const window = { from: Date.parse('2026-11-23T10:00:00Z'), to: Date.parse('2026-11-23T10:05:00Z') };

const aRow = (overrides: Partial<DeliveryLogRow> = {}): DeliveryLogRow => ({
  minute: window.from, breakoutId: itemIds.breakout, kind: 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', requests: 10n, bytes: 1n << 30n, ...overrides,
});

const facts = (rows: readonly DeliveryLogRow[], totals: { bytes?: Record<number, bigint>; requests?: Record<number, bigint> } = {}): DeliveryFacts => ({
  scope: '',
  breakoutId: itemIds.breakout,
  distributionId: 'E2ABCDEFGH',
  window,
  bytes: aMinuteSeries(window, totals.bytes),
  requests: aMinuteSeries(window, totals.requests),
  rows,
  watermark: window.to,
});

const lines = (given: DeliveryFacts, book = aPriceBook()) => deliveryLines(given, 'us-east-1', book);
const totals = (given: DeliveryFacts, owner = 'BREAKOUT'): Measures => sumMeasures(lines(given).filter((line) => line.owner === owner).map(({ adds }) => adds));

describe('deliveryLines', () => {
  it('prices by the geography that served and the protocol that was used', () => {
    const rows = [aRow(), aRow({ geography: 'EU' }), aRow({ protocol: 'http', bytes: 0n })];

    const usd = Object.fromEntries(lines(facts(rows)).map(({ key, nanoUsd }) => [key, nanoUsd]));

    expect(usd).toEqual({
      'delivery/edge': undefined,
      'delivery/attributed/EU/transfer': 85_000_000n,
      'delivery/attributed/US/transfer': 85_000_000n,
      'delivery/attributed/EU/https-requests': 12_000n,
      'delivery/attributed/US/http-requests': 7_500n,
      'delivery/attributed/US/https-requests': 10_000n,
      // 30 requests at 0.10 USD per million, past the free tier; two reads each at 0.03.
      'delivery/attributed/function-invocations': 3_000n,
      'delivery/attributed/store-reads': 2_700n,
    });
  });

  it('shows what previews took apart, as the breakout\'s', () => {
    const given = facts([aRow({ bytes: 600n }), aRow({ kind: 'MONITORING', bytes: 100n, requests: 3n })]);

    expect(totals(given)).toMatchObject({ deliveryTotalBytes: 700n, deliveryLoggedBytes: 700n, deliveryAttributedBytes: 700n, deliveryMonitoringBytes: 100n, deliveryRequests: 13n });
    expect(lines(given).filter(({ key }) => key.startsWith('delivery/monitoring/')).map(({ owner }) => owner)).toEqual(['BREAKOUT', 'BREAKOUT', 'BREAKOUT', 'BREAKOUT']);
  });

  it('gives other paths to the platform and what no log tells to the breakout', () => {
    const given = facts([aRow({ bytes: 600n }), aRow({ breakoutId: null, bytes: 100n, requests: 3n }), aRow({ breakoutId: itemIds.otherBreakout, bytes: 50n, requests: 1n })], {
      bytes: { 0: 500n, 3: 500n },
      requests: { 0: 10n, 3: 10n },
    });

    expect(totals(given)).toMatchObject({
      deliveryTotalBytes: 850n, deliveryLoggedBytes: 600n, deliveryAttributedBytes: 600n, deliveryUnloggedBytes: 250n, deliveryTotalRequests: 16n, deliveryRequests: 16n,
    });
    expect(totals(given)).not.toHaveProperty('deliveryUnattributedBytes');
    expect(totals(given, 'PLATFORM')).toMatchObject({
      deliveryTotalBytes: 150n, deliveryLoggedBytes: 150n, deliveryUnattributedBytes: 150n, deliveryTotalRequests: 4n, deliveryRequests: 4n,
    });
  });

  it('explains the whole of the edge in its line, and whose the rest is', () => {
    const [edge] = lines(facts([aRow({ bytes: 600n }), aRow({ breakoutId: null, bytes: 150n, requests: 4n })], { bytes: { 0: 1000n }, requests: { 0: 20n } }));

    expect(edge).toMatchObject({ key: 'delivery/edge', quantity: { amount: 1000n, unit: 'bytes' } });
    expect(edge?.notes).toContain('150 bytes in 4 requests are of other paths, which the platform bears');
  });

  it('adds up to the edge total, exactly and at every level, for any logs and totals', () => {
    const row = fc.record({
      minute: fc.integer({ min: 0, max: 4 }).map((index) => window.from + index * 60_000),
      breakoutId: fc.constantFrom(itemIds.breakout, itemIds.otherBreakout, null),
      kind: fc.constantFrom(...deliveryKinds),
      geography: fc.constantFrom(...priceGeographies, 'UNKNOWN' as const),
      protocol: fc.constantFrom('http' as const, 'https' as const),
      result: fc.constantFrom('Hit', 'Miss', 'FunctionGeneratedResponse'),
      requests: fc.bigInt({ min: 1n, max: 1_000n }),
      bytes: fc.bigInt({ min: 0n, max: 1n << 60n }),
    });
    const points = fc.dictionary(fc.constantFrom('0', '2', '4'), fc.bigInt({ min: 0n, max: 1n << 60n }));

    fc.assert(
      fc.property(fc.array(row), points, points, (rows, bytes, requests) => {
        const all = facts(rows, { bytes, requests });
        const [account, overheads] = [totals(all), totals(all, 'PLATFORM')];
        for (const level of [account, overheads, sumMeasures([account, overheads])]) {
          const { deliveryAttributedBytes = 0n, deliveryUnattributedBytes = 0n, deliveryUnloggedBytes = 0n } = level;
          expect(deliveryAttributedBytes + deliveryUnattributedBytes + deliveryUnloggedBytes).toBe(level.deliveryTotalBytes ?? 0n);
          expect(level.deliveryRequests ?? 0n).toBe(level.deliveryTotalRequests ?? 0n);
        }
        const edge = lines(all).find(({ key }) => key === 'delivery/edge')?.quantity?.amount ?? 0n;
        expect(sumMeasures([account, overheads]).deliveryTotalBytes ?? 0n).toBe(edge);
      }),
      { seed: 23, numRuns: 200, examples: [[[], {}, { 0: 1n }]] },
    );
  });

  it('leaves traffic of an unknown edge location unpriced', () => {
    const [transfer] = lines(facts([aRow({ geography: 'UNKNOWN' })])).filter(({ key }) => key.endsWith('transfer'));

    expect(transfer).toMatchObject({ quantity: { amount: 1n << 30n, unit: 'bytes' }, unpriced: expect.stringContaining('edge-locations.ts') as string });
    expect(transfer).not.toHaveProperty('nanoUsd');
  });

  it('rates unlogged traffic where most of the show was served, and says so', () => {
    const given = facts([aRow({ geography: 'EU' })], { bytes: { 0: 2n << 30n }, requests: { 0: 20n } });

    const unlogged = lines(given).find(({ key }) => key === 'delivery/unlogged/EU/transfer');

    expect(unlogged).toMatchObject({ nanoUsd: 85_000_000n, notes: [expect.stringContaining('assumed from EU')] });
  });

  it('counts no reads for paths without a token, and one for refusals', () => {
    const given = facts([aRow(), aRow({ result: 'FunctionGeneratedResponse', requests: 4n }), aRow({ breakoutId: null, requests: 5n })]);

    const reads = lines(given).filter(({ key }) => key.endsWith('store-reads')).map(({ quantity }) => quantity?.amount);

    expect(reads).toEqual([34n, 0n]);
  });

  it('runs no function for requests that are sent on to https', () => {
    const given = facts([aRow(), aRow({ protocol: 'http', result: 'Redirect', requests: 100n, bytes: 1n })]);

    const counts = lines(given).filter(({ key }) => /attributed.*(reads|invocations|requests)$/.test(key)).map(({ key, quantity }) => [key.slice('delivery/attributed/'.length), quantity?.amount]);

    expect(counts).toEqual([['US/http-requests', 100n], ['US/https-requests', 10n], ['function-invocations', 10n], ['store-reads', 30n]]);
  });

  it('says no data when neither metric nor logs have any', () => {
    const [edge, ...others] = lines(facts([]));

    expect(edge).toMatchObject({ notes: ['5 of 5 minutes without a point', 'no data'], adds: {} });
    expect(edge).not.toHaveProperty('quantity');
    expect(others).toEqual([]);
  });

  it('takes the logs for the total where the metric is short of them', () => {
    const given = facts([aRow({ bytes: 600n })], { bytes: { 0: 500n }, requests: { 0: 10n } });

    expect(totals(given)).toMatchObject({ deliveryTotalBytes: 600n, deliveryAttributedBytes: 600n });
    expect(isFullyLogged(given)).toBe(false);
  });

  it('shows completeness with every number', () => {
    const { categories } = usageView({ measures: totals(facts([aRow({ bytes: 600n })], { bytes: { 0: 800n }, requests: { 0: 10n } })) });

    expect(categories.delivery).toMatchObject({ bytes: '800', attributedBytes: '600', unloggedBytes: '200', unattributedBytes: '0', edgeBytes: '800', completeness: '0.75' });
  });
});
