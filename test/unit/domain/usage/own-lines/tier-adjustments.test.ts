import fc from 'fast-check';
import { fraction } from '../../../../../lambda/domain/pricing/fraction.ts';
import { graduatedUsd } from '../../../../../lambda/domain/pricing/graduated-charge.ts';
import type { Rate } from '../../../../../lambda/domain/pricing/rate.ts';
import { toNanoUsd } from '../../../../../lambda/domain/pricing/usd.ts';
import { tierAdjustmentLine } from '../../../../../lambda/domain/usage/own-lines/tier-adjustment-line.ts';
import { tierAdjustments } from '../../../../../lambda/domain/usage/own-lines/tier-adjustments.ts';
import { aRate } from '../../../../support/usage/a-price-book.ts';
import { partlyFreeRuns, tieredTransfer } from '../../../../support/usage/own-lines.ts';

const gigabyte = 1n << 30n;

const rateOf = (sku: string): Rate | undefined => [tieredTransfer, partlyFreeRuns].find((rate) => rate.sku === sku);

const ofTransfer = (gigabytes: bigint) => ({ [`TRANSFER/${gigabyte.toString()}`]: gigabytes * gigabyte });

const threeHolders = [
  { accountId: 'acc_a', totals: ofTransfer(6_000n) },
  { accountId: 'acc_b', totals: ofTransfer(5_000n) },
  { accountId: undefined, totals: ofTransfer(1_000n) },
];

describe('tierAdjustments', () => {
  it('shares what the tiers take off everything by quantity', () => {
    // 10,240 GB at 0.085 and 1,760 at 0.080 are 1,011.20 USD; at the first tier it was rated 1,020.00.
    const shares = tierAdjustments(threeHolders, rateOf).map(([adjustment]) => adjustment?.nanoUsd);

    expect(shares).toEqual([-4_400_000_000n, -3_666_666_667n, -733_333_333n]);
  });

  it('takes an always-free first tier off what was rated at the paid one', () => {
    const holders = [{ accountId: 'acc_a', totals: { 'RUNS/1': 3_000_000n } }, { accountId: 'acc_b', totals: { 'RUNS/1': 1_000_000n } }];

    expect(tierAdjustments(holders, rateOf).flat().map(({ nanoUsd }) => nanoUsd)).toEqual([-150_000_000n, -50_000_000n]);
  });

  it('adds what is counted in different base units', () => {
    const totals = { 'TRANSFER/1': 6_000n, [`TRANSFER/${gigabyte.toString()}`]: 6_000n * gigabyte };

    expect(tierAdjustments([{ accountId: 'acc_a', totals }], rateOf)[0]).toMatchObject([{ nanoUsd: -8_800_000_000n }]);
  });

  it('has none below the second tier, of flat rates, and of SKUs that no rate is known of', () => {
    const flat = aRate('AmazonS3', 'TimedStorage-ByteHrs', 'GB-Mo', '0.023', { sku: 'FLAT' });
    const totals = { ...ofTransfer(10_240n), 'FLAT/1': 10n ** 9n, 'UNKNOWN/1': 10n ** 9n };

    expect(tierAdjustments([{ accountId: 'acc_a', totals }], (sku) => (sku === 'FLAT' ? flat : rateOf(sku)))).toEqual([[]]);
  });

  it('takes the tiers of the book that each quantity is rated with, of everybody’s month', () => {
    const dearer: Rate = { ...tieredTransfer, tiers: tieredTransfer.tiers.map((tier, index) => (index === 1 ? { ...tier, usdPerUnit: '0.0840000000' } : tier)) };
    const ratesOfBooks = (_sku: string, bookId: string | undefined) => (bookId === 'b@2' ? dearer : tieredTransfer);
    const rated = (bookId: string, gigabytes: bigint) => ({ [`TRANSFER/${gigabyte.toString()}@${bookId}`]: gigabytes * gigabyte });
    const holders = [
      { accountId: 'acc_a', totals: rated('b@1', 6_000n) },
      { accountId: 'acc_b', totals: { ...rated('b@1', 1_000n), ...rated('b@2', 4_000n), ...rated('b@3', 0n) } },
      { accountId: undefined, totals: { ...rated('b@3', 1_000n) } },
    ];

    const adjustments = tierAdjustments(holders, ratesOfBooks);

    // 1,760 GB of 12,000 are in the second tier: by one book half a cent cheaper each, by the other a tenth of one.
    expect(adjustments.map((own) => own.map(({ priceBookId, nanoUsd }) => [priceBookId, nanoUsd]))).toEqual([
      [['b@1', -4_400_000_000n]],
      [['b@1', -733_333_333n], ['b@2', -586_666_666n]],
      [['b@1', -733_333_333n]],
    ]);
    const place = { owner: 'ACCOUNT', month: '2026-11', asOf: '2026-12-02T12:00:00.000Z' } as const;
    expect(adjustments.flat().map((adjustment) => tierAdjustmentLine(adjustment, place).key)).toEqual(['tier/TRANSFER', 'tier/TRANSFER/b@1', 'tier/TRANSFER/b@2', 'tier/TRANSFER']);
    expect(tierAdjustmentLine(adjustments[1]![1]!, place)).toMatchObject({
      billable: { numerator: 4_000n, denominator: 1n },
      notes: ["SKU TRANSFER: everybody's month has 12000 GB, of which 5000 are here", 'tiers of price book b@2, which 4000 of these are rated with', expect.stringContaining('0.085'), expect.stringContaining('0.084'), expect.any(String)],
    });
  });

  it('comes, over all holders, to the tiers of everything less its list price', () => {
    const quantity = fc.bigInt({ min: 0n, max: 10n ** 18n });
    fc.assert(
      fc.property(fc.array(quantity, { minLength: 1, maxLength: 8 }), (quantities) => {
        const holders = quantities.map((base, index) => ({ accountId: `acc_${index}`, totals: { [`TRANSFER/${gigabyte.toString()}`]: base } }));
        const all = fraction(quantities.reduce((sum, one) => sum + one, 0n), gigabyte);
        const list = fraction(all.numerator * 85n, all.denominator * 1000n);
        const { numerator, denominator } = graduatedUsd(tieredTransfer.tiers, fraction(0n), all);

        const shared = tierAdjustments(holders, rateOf).flat().reduce((sum, { nanoUsd }) => sum + nanoUsd, 0n);

        expect(shared).toBe(toNanoUsd(fraction(numerator * list.denominator - list.numerator * denominator, denominator * list.denominator)));
        expect(shared).toBeLessThanOrEqual(0n);
      }),
    );
  });
});

describe('tierAdjustmentLine', () => {
  it("tells the month's quantity, its tiers and the share", () => {
    const [adjustments] = tierAdjustments(threeHolders, rateOf);

    const line = tierAdjustmentLine(adjustments![0]!, { owner: 'ACCOUNT', month: '2026-11', asOf: '2026-12-02T12:00:00.000Z' });

    expect(line).toMatchObject({
      key: 'tier/TRANSFER',
      owner: 'ACCOUNT',
      category: 'delivery',
      service: 'CloudFront',
      periodStart: '2026-11-01T00:00:00.000Z',
      periodEnd: '2026-12-01T00:00:00.000Z',
      billable: { numerator: 6_000n, denominator: 1n, unit: 'GB' },
      nanoUsd: -4_400_000_000n,
      chargeNanoUsd: -4_400_000_000n,
      rounding: 'half-even to 9 decimals from -8.8, then shared by largest remainder',
      notes: [
        "SKU TRANSFER: everybody's month has 12000 GB, of which 6000 are here",
        '10240 GB from 0 at 0.0850000000 USD (first): 870.4 USD',
        '1760 GB from 10240 at 0.0800000000 USD (second): 140.8 USD',
        '-8.8 USD for everybody, shared by quantity to the last 10^-9 USD',
      ],
      adds: { deliveryNanoUsd: -4_400_000_000n, deliveryChargeNanoUsd: -4_400_000_000n },
    });
    expect(line.metered).toBeUndefined();
  });

  it('charges nobody for what the platform bears', () => {
    const platforms = tierAdjustments(threeHolders, rateOf)[2]!;

    expect(tierAdjustmentLine(platforms[0]!, { owner: 'PLATFORM', month: '2026-11', asOf: '2026-12-02T12:00:00.000Z' }).adds).toEqual({ deliveryNanoUsd: -733_333_333n });
  });
});
