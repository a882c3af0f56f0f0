import type { PriceBook } from '../../../../lambda/domain/pricing/price-book.ts';
import { refreshPriceBook } from '../../../../lambda/domain/pricing/refresh-price-book.ts';
import type { Rate } from '../../../../lambda/domain/pricing/rate.ts';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { aRate, someRates } from '../../../support/usage/a-price-book.ts';

const setUp = (rates: readonly Rate[]) => {
  const kept: PriceBook[] = [];
  let listed = rates;
  let day = 0;
  return {
    kept,
    relist: (next: readonly Rate[]) => (listed = next),
    refresh: () =>
      refreshPriceBook({
        catalogue: { read: async (service) => ({ publication: 'v1', rates: listed.filter((rate) => rate.service === service) }) },
        books: { latest: async () => kept.at(-1), get: async () => undefined, add: async (book) => void kept.push(book) },
        now: () => new Date(Date.UTC(2026, 10, (day += 1))),
      })('us-east-1'),
  };
};

describe('refreshPriceBook', () => {
  it('keeps a new book only when a rate has changed', async () => {
    const { kept, relist, refresh } = setUp(someRates);

    expect(await refresh()).toEqual({ bookId: 'us-east-1@2026-11-01T00:00:00.000Z', isNew: true });
    relist([...someRates].reverse());
    expect(await refresh()).toEqual({ bookId: 'us-east-1@2026-11-01T00:00:00.000Z', isNew: false });
    relist([...someRates.slice(1), aRate('AWSElementalMediaLive', 'EML1-USE1-IN-AVC-HD-L10', 'Hrs', '0.1500000000')]);
    expect(await refresh()).toEqual({ bookId: 'us-east-1@2026-11-03T00:00:00.000Z', isNew: true });

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
});
