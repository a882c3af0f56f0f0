import { dynamoDbPriceTermsStore } from '../../../../lambda/adapters/dynamodb/price-terms-store.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';
import type { PriceTermsStore } from '../../../../lambda/domain/pricing/terms/price-terms-store.ts';
import { memoryPriceTerms, somePriceTerms } from '../../../support/usage/memory-price-terms.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

describe.each<[string, () => PriceTermsStore]>([
  ['in memory', memoryPriceTerms],
  ['in the table', () => dynamoDbPriceTermsStore(dynamoDbTable(tables.documents, 'shows'))],
])('price terms %s', (_where, storeOf) => {
  it('keep every version of an account, in order, and none of others', async () => {
    const store = storeOf();
    const first = somePriceTerms({ accountId: 'acc_one', termsId: 'acc_one@1', markUpPercent: { delivery: '15' }, monthlyMinimumUsd: '100' });
    const tenth = somePriceTerms({ accountId: 'acc_one', termsId: 'acc_one@10', version: 10, flatUsd: { storage: '0.1' }, pipelineHourUsd: '2', viewerHourUsd: '0.1' });

    expect(await store.add(tenth)).toBe(true);
    expect(await store.add(first)).toBe(true);
    await store.add(somePriceTerms({ accountId: 'acc_two', termsId: 'acc_two@1' }));

    expect(await store.versions('acc_one')).toEqual([first, tenth]);
    expect(await store.versions('acc_none')).toEqual([]);
  });

  it('never change a version', async () => {
    const store = storeOf();
    const kept = somePriceTerms({ accountId: 'acc_three', termsId: 'acc_three@1' });
    await store.add(kept);

    expect(await store.add({ ...kept, markUpPercent: { delivery: '99' } })).toBe(false);

    expect(await store.versions('acc_three')).toEqual([kept]);
  });
});
