import fc from 'fast-check';
import { shares } from '../../../../../lambda/domain/usage/reading/spread-line.ts';
import type { UsageLine } from '../../../../../lambda/domain/usage/usage-line.ts';
import { aBreakout, anEvent } from '../../../../support/shows/a-plan.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../../../support/usage/a-profile.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import { usageApi } from '../../../../support/usage/usage-api.ts';

const monthStart = Date.parse('2026-11-01T00:00:00Z');
const minutesOfMonth = 22 * 1440;
const at = (minute: number): string => new Date(monthStart + minute * 60_000).toISOString();

const categories = ['streaming', 'packaging', 'delivery'] as const;
const services = { streaming: 'MediaLive', packaging: 'MediaPackage', delivery: 'CloudFront' } as const;

const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 15n });

const lineArbitrary = fc
  .record({ category: fc.constantFrom(...categories), from: fc.integer({ min: 0, max: minutesOfMonth - 1 }), length: fc.integer({ min: 0, max: 3000 }), cost: amount, charge: amount, hasPoints: fc.boolean(), geography: fc.constantFrom('US', 'EU', 'UNKNOWN') })
  .map(({ category, from, length, cost, charge, hasPoints, geography }) => (index: number): UsageLine =>
    aLine({
      key: category === 'delivery' ? `delivery/attributed/${geography}/transfer-${index}` : `${category}/${index}`,
      category,
      service: services[category],
      periodStart: at(from),
      periodEnd: at(Math.min(minutesOfMonth, from + length)),
      points: hasPoints ? ['some'] : [],
      nanoUsd: cost,
      chargeNanoUsd: charge,
      adds: { [`${category}NanoUsd`]: cost, [`${category}ChargeNanoUsd`]: charge },
    }),
  );

const seriesArbitrary = fc
  .record({ from: fc.integer({ min: 0, max: minutesOfMonth - 1 }), values: fc.array(fc.option(fc.bigInt({ min: 0n, max: 10n ** 9n })), { minLength: 1, maxLength: 200 }) })
  .map(({ from, values }) => ({ name: 'some', from: at(from), periodSeconds: 60, values }));

const showArbitrary = fc.record({ lines: fc.array(lineArbitrary, { maxLength: 4 }), series: seriesArbitrary, event: fc.integer({ min: 0, max: 1 }) });

const paths = [
  ['getBreakoutUsageSeries', 'getBreakoutUsage', { breakoutId: 'bko_0' }],
  ['getEventUsageSeries', 'getEventUsage', { eventId: 'evt_0' }],
  ['getAccountUsageSeries', 'getAccountUsage', { accountId: itemIds.account }],
] as const;

const booked = async (shows: readonly { lines: readonly ((index: number) => UsageLine)[]; series: ReturnType<typeof seriesArbitrary.generate>['value']; event: number }[]) => {
  const api = usageApi();
  for (const eventId of ['evt_0', 'evt_1']) api.world.events.set(eventId, anEvent({ eventId, accountId: itemIds.account }));
  api.world.events.delete(itemIds.event);
  for (const [index, { lines, series, event }] of shows.entries()) {
    const breakoutId = `bko_${index}`;
    const eventId = `evt_${event}`;
    api.world.breakouts.set(breakoutId, aBreakout({ breakoutId, eventId, accountId: itemIds.account }));
    await api.book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId, eventId }), lines: lines.map((line, place) => line(place)), series: [series] }));
  }
  await api.book({
    owner: { kind: 'ACCOUNT', accountId: itemIds.account, purpose: 'tier-adjustment' }, month: '2026-11', stage: 'FINAL', series: [], asOf: at(0),
    lines: [aLine({ key: 'tier/1', owner: 'ACCOUNT', category: 'delivery', service: 'CloudFront', periodStart: at(0), periodEnd: '2026-12-01T00:00:00.000Z', adds: { deliveryNanoUsd: -7n, deliveryChargeNanoUsd: -5n } })],
  });
  return api;
};

describe('series of usage', () => {
  it('sum to the level exactly, whatever the step and what they are told apart by', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(showArbitrary, { minLength: 1, maxLength: 4 }), fc.constantFrom('hour', 'day', 'month'), fc.constantFrom('category', 'service', 'geography'), async (shows, by, of) => {
        const { ask } = await booked(shows);
        for (const [series, whole, params] of paths) {
          const { totalUsd, totalChargeUsd } = await ask(whole, params, { period: '2026-11' });

          expect(await ask(series, params, { by, of, month: '2026-11' })).toMatchObject({ totalUsd, totalChargeUsd });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('give every part of an amount to one step', () => {
    fc.assert(
      fc.property(amount, fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 50 }), (whole, weights) => {
        expect(shares(whole, weights).reduce((sum, part) => sum + part, 0n)).toBe(whole);
      }),
    );
  });
});
