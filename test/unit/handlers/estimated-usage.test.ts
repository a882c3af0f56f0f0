import { breakoutUsageSchema } from '../../../lambda/contract/api/usage.ts';
import { fraction, multiply, parseDecimal, roundHalfEven } from '../../../lambda/domain/pricing/fraction.ts';
import { aPriceBook, someRates } from '../../support/usage/a-price-book.ts';
import { aLineThatAdds, aMeasuredProfile } from '../../support/usage/a-profile.ts';
import { itemIds } from '../../support/usage/ids.ts';
import { somePriceTerms } from '../../support/usage/memory-price-terms.ts';
import { usageApiOnAir } from '../../support/usage/usage-api.ts';

const breakoutId = itemIds.breakout;
const nano = (usd: string | null | undefined): bigint => roundHalfEven(multiply(parseDecimal(usd ?? '0'), fraction(1_000_000_000n)));

describe('the price of a show on the air', () => {
  it('is charged by the terms that hold, at every level', async () => {
    const { ask, terms } = await usageApiOnAir();
    await terms.add(somePriceTerms({ markUpPercent: { packaging: '100' }, flatUsd: { delivery: '1' }, pipelineHourUsd: '36' }));

    const { categories, totalUsd, totalChargeUsd } = breakoutUsageSchema.parse(await ask('getBreakoutUsage', { breakoutId }));

    expect(categories).toMatchObject({ packaging: { usd: '0.08', chargeUsd: '0.16' }, delivery: { chargeUsd: '1' } });
    // 20 minutes and 40 seconds at 36 USD an hour.
    expect(nano(categories.streaming?.chargeUsd) - nano(categories.streaming?.usd)).toBe(12_400_000_000n);
    expect((await ask('getAccountUsage', { accountId: itemIds.account })).running.usage).toMatchObject({ totalUsd, totalChargeUsd });
  });

  it('is rated with the book that some of it is booked with', async () => {
    const { ask, book, books } = await usageApiOnAir();
    await books.add(aPriceBook({ bookId: 'us-east-1@2026-11-20T00:10:00.000Z', fetchedAt: '2026-11-20T00:10:00.000Z', rates: someRates.map((rate) => ({ ...rate, tiers: [{ from: '0', usdPerUnit: '9', rateCode: 'nine' }] })) }));
    const dear = (await ask('getBreakoutUsage', { breakoutId })).categories.packaging.usd;

    await book(aMeasuredProfile({ priceBookId: aPriceBook().bookId, lines: [aLineThatAdds({ streamingRunMilliseconds: 1n }, { category: 'streaming' })] }));

    expect([dear, (await ask('getBreakoutUsage', { breakoutId })).categories.packaging.usd]).toEqual(['18', '0.08']);
  });
});
