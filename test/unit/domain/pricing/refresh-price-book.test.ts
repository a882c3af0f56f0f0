import type { PriceBook, UnreadableProduct } from '../../../../lambda/domain/pricing/price-book.ts';
import { refreshPriceBook } from '../../../../lambda/domain/pricing/refresh-price-book.ts';
import type { Rate } from '../../../../lambda/domain/pricing/rate.ts';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { aRate, someRates } from '../../../support/usage/a-price-book.ts';

const setUp = (rates: readonly Rate[]) => {
  const kept: PriceBook[] = [];
  let listed = rates;
  let unreadable: readonly UnreadableProduct[] = [];
  let day = 0;
  return {
    kept,
    relist: (next: readonly Rate[], problems: readonly UnreadableProduct[] = []) => {
      listed = next;
      unreadable = problems;
    },
    refresh: () =>
      refreshPriceBook({
        catalogue: {
          read: async (service) => ({ publication: 'v1', rates: listed.filter((rate) => rate.service === service), unreadable: unreadable.filter((product) => product.service === service) }),
        },
        books: { latest: async () => kept.at(-1), get: async () => undefined, add: async (book) => void kept.push(book) },
        now: () => new Date(Date.UTC(2026, 10, (day += 1))),
      })('us-east-1'),
  };
};

/** A product that was read before, and no longer can be. */
const unreadable = ({ service, sku, usageType, attributes }: Rate): UnreadableProduct => ({ service, sku, usageType, attributes, problem: 'the price of it is "NaN"' });

describe('refreshPriceBook', () => {
  it('keeps a new book only when a rate has changed', async () => {
    const { kept, relist, refresh } = setUp(someRates);

    expect(await refresh()).toEqual({ bookId: 'us-east-1@2026-11-01T00:00:00.000Z', isNew: true, leftOut: [] });
    relist([...someRates].reverse());
    expect(await refresh()).toEqual({ bookId: 'us-east-1@2026-11-01T00:00:00.000Z', isNew: false, leftOut: [] });
    relist([...someRates.slice(1), aRate('AWSElementalMediaLive', 'EML1-USE1-IN-AVC-HD-L10', 'Hrs', '0.1500000000')]);
    expect(await refresh()).toEqual({ bookId: 'us-east-1@2026-11-03T00:00:00.000Z', isNew: true, leftOut: [] });

    expect(kept).toHaveLength(2);
  });

  it('keeps what meters ask for and leaves reserved and other rates out', async () => {
    const { kept, refresh } = setUp([...someRates, aRate('AmazonS3', 'USE1-DataTransfer-Out-Bytes', 'GB', '0.09')]);

    await refresh();

    const usageTypes = kept[0]?.rates.map(({ usageType }) => usageType);
    expect(usageTypes).toContain('USE1-idle-channel');
    expect(usageTypes).not.toContain('EML1-USE1-OUT-AVC-HD-L10-30-S-R');
    expect(usageTypes).not.toContain('USE1-DataTransfer-Out-Bytes');
  });

  it('fails instead of keeping an empty book', async () => {
    const { kept, refresh } = setUp([]);

    await expect(refresh()).rejects.toThrow(UnavailableError);
    expect(kept).toEqual([]);
  });

  it('leaves a product out that no book has had, and says so', async () => {
    const { kept, relist, refresh } = setUp([]);
    const odd = unreadable(aRate('AmazonS3', 'EUW1-Requests-Tier1', 'Requests', '0'));
    relist(someRates, [odd, { ...odd, sku: 'other', usageType: 'USE1-DataTransfer-Out-Bytes' }]);

    expect(await refresh()).toMatchObject({ isNew: true, leftOut: [odd] });
    expect(await refresh()).toMatchObject({ isNew: false, leftOut: [odd] });

    expect(kept).toHaveLength(1);
  });

  it.each<[string, (rates: readonly Rate[]) => [readonly Rate[], readonly UnreadableProduct[]], RegExp]>([
    ['a metered product can no longer be read', ([first, ...rest]) => [rest, [unreadable(first!)]], /1 products that are metered, the first AWSElementalMediaLive SKU-EML1-USE1-IN-AVC-HD-L10 .*: the price of it is "NaN"/],
    ['a product is not even named', (rates) => [rates, [{ ...unreadable(rates[0]!), sku: '', usageType: '' }]], /1 products that are metered/],
    ['a service is gone', (rates) => [rates.filter(({ service }) => service !== 'AmazonS3'), []], /it has no metered rate of AmazonS3, and had some/],
    ['nothing is left', () => [[], []], /it has no metered rate of AWSElementalMediaLive, and had some/],
  ])('fails, and keeps the book before, when %s', async (_what, changed, message) => {
    const { kept, relist, refresh } = setUp(someRates);
    await refresh();

    relist(...changed(someRates));

    await expect(refresh()).rejects.toThrow(message);
    await expect(refresh()).rejects.toThrow(/No book was made of it and us-east-1@2026-11-01T00:00:00.000Z stays in force/);
    expect(kept).toHaveLength(1);
  });
});
