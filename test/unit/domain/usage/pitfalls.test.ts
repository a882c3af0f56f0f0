// How platforms of this kind bill wrong, each with the rule that is right here. Those with a meter of their own are
// tested beside it:
// - one HD price for all outputs, wrong pipeline class, reserved SKUs, first of several SKUs, session times, runs that
//   are merged: streaming-meter.test.ts
// - no data taken for zero, partial data, decimal gigabytes: packaging-meter.test.ts, cloudwatch-metric-reader.test.ts
// - the dearest geography for all, http rates for https, neighbours' traffic: delivery-meter.test.ts
// - a floor of 10 ms, one duration a job, wrong tier, ignored ratios: conversion-and-storage.test.ts
// - bytes once instead of byte-hours, uploads instead of what is stored: conversion-and-storage.test.ts
// - blind increments, half-written bills, lost answers: book-profile.test.ts
// - prices that are read when billing and not kept, late points, months: measure-breakout.test.ts
import { parseDecimal, formatDecimal } from '../../../../lambda/domain/pricing/fraction.ts';
import { isMetered } from '../../../../lambda/domain/pricing/metered-rates.ts';
import { graduatedShares } from '../../../../lambda/domain/pricing/graduated-charge.ts';
import type { DeliveryLogRow } from '../../../../lambda/domain/usage/delivery-log.ts';
import { deliveryLines } from '../../../../lambda/domain/usage/meters/delivery-meter.ts';
import { packagingLines } from '../../../../lambda/domain/usage/meters/packaging-meter.ts';
import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { usageView } from '../../../../lambda/domain/usage/usage-view.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const window = { from: Date.parse('2026-11-23T10:00:00Z'), to: Date.parse('2026-11-23T10:02:00Z') };

describe('pitfalls of usage and charges', () => {
  it('counts a gigabyte as 2^30 bytes', () => {
    const series = aMinuteSeries(window, { 0: 10n ** 9n });

    const lines = packagingLines({ scope: '', window, ingress: series, egress: aMinuteSeries(window), watermark: window.to }, 'us-east-1', aPriceBook());

    expect(usageView({ measures: sumMeasures(lines.map(({ adds }) => adds)) }).categories.packaging?.gigabytes).toBe('0.931322575');
  });

  it('gives each breakout its own function invocations, which sum to all', () => {
    const row = (breakoutId: string | null, requests: bigint): DeliveryLogRow => ({
      minute: window.from, breakoutId, kind: breakoutId === null ? null : 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', requests, bytes: 0n,
    });
    const facts = {
      scope: '', breakoutId: itemIds.breakout, distributionId: 'E1', window, watermark: window.to, bytes: aMinuteSeries(window), requests: aMinuteSeries(window, { 0: 100n }),
      rows: [row(itemIds.breakout, 60n), row(itemIds.otherBreakout, 25n), row(null, 5n)],
    };

    const invocations = deliveryLines(facts, 'us-east-1', aPriceBook()).filter(({ key }) => key.endsWith('function-invocations'));

    expect(invocations.map(({ key, quantity }) => [key, quantity?.amount])).toEqual([
      ['delivery/attributed/function-invocations', 60n], ['delivery/unattributed/function-invocations', 30n], ['delivery/unlogged/function-invocations', 10n],
    ]);
  });

  it('charges traffic to viewers once: storage has no transfer of its own', () => {
    expect(isMetered(aRate('AmazonS3', 'DataTransfer-Out-Bytes', 'GB', '0.09'))).toBe(false);
    expect(isMetered(aRate('AmazonS3', 'USE1-CloudFront-Out-Bytes', 'GB', '0'))).toBe(false);
  });

  it('prices nothing by rates of MediaLive Anywhere or of other products', () => {
    expect(isMetered(aRate('AWSElementalMediaLive', 'EMLA-USE1-OUT-AVC-HD-L10-30-S', 'Hrs', '1'))).toBe(false);
    expect(isMetered(aRate('AWSElementalMediaPackage', 'USE1-EMP-vod-origin-pkg-bytes', 'GB', '1'))).toBe(false);
  });

  it('splits a month over all its tiers, each byte in one', () => {
    const tiers = [
      { from: '0', to: '10240', usdPerUnit: '0.085', rateCode: 'a' },
      { from: '10240', to: '51200', usdPerUnit: '0.080', rateCode: 'b' },
      { from: '51200', usdPerUnit: '0.060', rateCode: 'c' },
    ];

    const shares = graduatedShares(tiers, parseDecimal('10000'), parseDecimal('60000'));

    expect(shares.map(({ tier, quantity }) => [tier.rateCode, formatDecimal(quantity, 3)])).toEqual([['a', '240'], ['b', '40960'], ['c', '8800']]);
  });

  it('sums tenths of cents without drift', () => {
    const lines = Array.from({ length: 1_000 }, () => ({ streamingNanoUsd: 100_000n, streamingRunMilliseconds: 1n }));

    expect(usageView({ measures: sumMeasures(lines) }).totalUsd).toBe('0.1');
  });
});
