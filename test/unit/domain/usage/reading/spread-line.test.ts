import { spreadLine } from '../../../../../lambda/domain/usage/reading/spread-line.ts';
import { aLine } from '../../../../support/usage/a-profile.ts';

const period = { periodStart: '2026-11-23T10:00:00.000Z', periodEnd: '2026-11-23T12:00:00.000Z' };
const hourly = (name: string, values: readonly (bigint | null)[]) => ({ name, from: '2026-11-23T10:00:00.000Z', periodSeconds: 3600, values });
const amounts = (parts: ReturnType<typeof spreadLine>, measure: 'streamingNanoUsd' | 'deliveryTotalBytes' | 'deliveryTotalRequests') =>
  [...parts].map(([from, measures]) => [new Date(from).toISOString().slice(11, 13), measures[measure]]);

describe('spreadLine', () => {
  it('goes by the countries of a place, and not by all viewers', () => {
    const line = aLine({ ...period, category: 'streaming', points: ['streaming/delivered', 'streaming/delivered/DE'], quantity: { amount: 8n, unit: 'milliseconds' }, adds: { streamingNanoUsd: 8n } });

    expect(amounts(spreadLine(line, [hourly('streaming/delivered', [6n, 8n]), hourly('streaming/delivered/DE', [null, 8n])], 'hour'), 'streamingNanoUsd')).toEqual([['11', 8n]]);
  });

  it('places bytes by bytes and requests by requests', () => {
    const line = aLine({ ...period, category: 'delivery', points: ['delivery/bytes', 'delivery/requests'], quantity: { amount: 4n, unit: 'bytes' }, adds: { deliveryTotalBytes: 4n, deliveryTotalRequests: 2n } });
    const parts = spreadLine(line, [hourly('delivery/bytes', [1n, 3n]), hourly('delivery/requests', [2n, 0n])], 'hour');

    expect(amounts(parts, 'deliveryTotalBytes')).toEqual([['10', 1n], ['11', 3n]]);
    expect(parts.get(Date.parse('2026-11-23T10:00:00Z'))?.deliveryTotalRequests).toBe(2n);
  });

  it('leaves hours out in which the metric is behind the logs', () => {
    const line = aLine({ ...period, category: 'delivery', points: ['delivery/unlogged/bytes'], quantity: { amount: 3n, unit: 'bytes' }, adds: { deliveryTotalBytes: 3n } });

    expect(amounts(spreadLine(line, [hourly('delivery/unlogged/bytes', [-2n, 5n])], 'hour'), 'deliveryTotalBytes')).toEqual([['11', 3n]]);
  });

  it('spreads a day over its hours', () => {
    const line = aLine({ periodStart: '2026-11-23T00:00:00.000Z', periodEnd: '2026-11-24T00:00:00.000Z', category: 'delivery', points: ['delivery/bytes'], quantity: { amount: 24n, unit: 'bytes' }, adds: { deliveryTotalBytes: 24n } });
    const daily = { name: 'delivery/bytes', from: '2026-11-23T00:00:00.000Z', periodSeconds: 86_400, values: [24n] };

    expect(amounts(spreadLine(line, [daily], 'hour'), 'deliveryTotalBytes').map(([, amount]) => amount)).toEqual(Array.from({ length: 24 }, () => 1n));
  });
});
