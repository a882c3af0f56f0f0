import { bookRerated } from '../../../../lambda/domain/usage/book-rerated.ts';
import { allLines } from '../../../../lambda/domain/usage/reading/all-lines.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { aBreakoutOwner } from '../../../support/usage/a-profile.ts';
import { memoryPriceTerms, somePriceTerms } from '../../../support/usage/memory-price-terms.ts';
import { memoryUsageHistory } from '../../../support/usage/memory-usage-history.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { measuredShow } from '../../../support/usage/measured-show.ts';

describe('charging what is measured of a breakout', () => {
  it('keeps prices that are corrected while it measures', async () => {
    const { provisional, final, world, usage, logged } = measuredShow();
    await provisional();
    const [owner, right] = [aBreakoutOwner(), aPriceBook({ bookId: 'us-east-1@corrected' })];
    world.books.push(right);
    const correct = bookRerated({ usage, history: memoryUsageHistory(usage.moves), terms: memoryPriceTerms(), now: () => Date.parse(world.now) });
    const writeLines = usage.writeLines.bind(usage);
    jest.spyOn(usage, 'writeLines').mockImplementationOnce(async (...written) => {
      await correct({ owner, month: '2026-11', book: right });
      return writeLines(...written);
    });
    world.rows = [logged(2n << 30n, 100n)];
    world.now = '2026-11-23T12:01:00.000Z';

    expect(await final()).toBe('DONE');

    const head = (await usage.head(owner, '2026-11'))!;
    expect(head).toMatchObject({ status: 'FINAL', version: 3, priceBookId: right.bookId });
    expect(new Set((await allLines(usage, head)).flatMap(({ rate }) => rate?.priceBookId ?? []))).toEqual(new Set([right.bookId]));
  });

  it('keeps to the price book that it was first rated with', async () => {
    const { provisional, final, world, logged, lines } = measuredShow();
    await provisional();
    world.books.push(aPriceBook({ bookId: 'us-east-1@2026-11-23T11:30:00.000Z', rates: [] }));
    world.rows = [logged(2n << 30n, 100n)];
    world.now = '2026-11-23T12:01:00.000Z';

    await final();

    expect(new Set((await lines()).flatMap(({ rate }) => rate?.priceBookId ?? []))).toEqual(new Set([aPriceBook().bookId]));
  });

  it('charges by the terms that held when its month began, whatever is agreed later', async () => {
    const { world, provisional, final, usage, lines } = measuredShow();
    world.terms = [somePriceTerms({ markUpPercent: { packaging: '100' }, pipelineHourUsd: '1' })];
    await provisional();
    world.terms.push(somePriceTerms({ version: 2, termsId: 'later', effectiveFrom: '2026-11-23T11:30:00.000Z', flatUsd: { packaging: '9' } }));
    world.now = '2026-11-24T14:00:00.000Z';

    await final();

    const [head] = await usage.heads(itemIds.breakout);
    expect(head).toMatchObject({ status: 'FINAL', priceTermsId: world.terms[0]?.termsId });
    const packaging = (await lines()).filter(({ category }) => category === 'packaging');
    expect(packaging.map(({ nanoUsd = 0n, chargeNanoUsd }) => chargeNanoUsd === 2n * nanoUsd)).toEqual([true, true]);
    expect((await lines()).find(({ key }) => key === 'charge/pipeline-hours')).toMatchObject({ chargeNanoUsd: 1_000_000_000n });
  });

  it('charges what it costs when nothing was agreed, and goes on so', async () => {
    const { world, provisional, final, usage } = measuredShow();
    await provisional();
    world.terms.push(somePriceTerms({ markUpPercent: { packaging: '100' } }));
    world.now = '2026-11-24T14:00:00.000Z';

    await final();

    const [head] = await usage.heads(itemIds.breakout);
    expect(head?.priceTermsId).toBeUndefined();
    expect(head?.totals.packagingChargeNanoUsd).toBe(head?.totals.packagingNanoUsd);
  });

  it('keeps quantities without a price book, and says that they are unpriced', async () => {
    const { provisional, world, breakoutUsage } = measuredShow();
    world.books = [];

    await provisional();

    expect(await breakoutUsage()).toMatchObject({
      totalUsd: '0',
      categories: { streaming: { hours: '1', usd: null } },
      unpriced: [{ category: 'streaming', lines: '2' }, { category: 'packaging', lines: '2' }, { category: 'delivery', lines: '4' }, { category: 'conversion', lines: '1' }, { category: 'storage', lines: '4' }],
    });
  });
});
