import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDbPriceBookStore } from '../../../lambda/adapters/dynamodb/price-book-store.ts';
import { dynamoDbTable } from '../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../../lambda/adapters/dynamodb/usage-store.ts';
import type { BreakoutBody } from '../../../lambda/contract/api/breakouts.ts';
import { transferCriteria } from '../../../lambda/domain/pricing/delivery-rates.ts';
import { bookIdOf, type PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import { bookProfile } from '../usage/book-profile.ts';
import { isoTime, monthInterval } from '../../../lambda/domain/usage/calendar-month.ts';
import { pricedLine } from '../../../lambda/domain/usage/price-line.ts';
import type { MeasuredProfile } from '../../../lambda/domain/usage/usage-profile.ts';
import { answerOnce } from './plans.ts';
import type { StageAccess } from './stage-driver.ts';

const gigabyte = 1n << 30n;

/** Traffic of the United States in a month, as a measurement makes it. */
const transferLine = (month: string, gigabytes: bigint, book: PriceBook) => {
  const { from, to } = monthInterval(month);
  const base = gigabytes * gigabyte;
  return pricedLine(
    {
      key: 'delivery/US/transfer', owner: 'BREAKOUT', category: 'delivery', service: 'CloudFront', dimension: 'transfer', month,
      periodStart: isoTime(from), periodEnd: isoTime(to), source: 'access logs', watermark: isoTime(to), quantity: { amount: base, unit: 'bytes' },
      notes: [], points: [], adds: { deliveryTotalBytes: base, deliveryAttributedBytes: base }, basis: { criteria: transferCriteria('US'), base, perUnit: gigabyte },
    },
    book,
  );
};

/** Usage of months before the journey, booked into a stage's table by the domain's own code, with the stage's own price book. */
export const seededUsage = async (access: StageAccess) => {
  const client = new DynamoDBClient(access);
  const { TableNames: [tableName = ''] = [] } = await client.send(new ListTablesCommand({}));
  const table = dynamoDbTable(DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }), tableName);
  const books = dynamoDbPriceBookStore(table);
  const book = await answerOnce('the price book', 60, () => books.latest(access.region));
  const bookMeasured = bookProfile({ usage: dynamoDbUsageStore(table), now: () => new Date() });
  return {
    close: () => client.destroy(),
    /** Books what a breakout's viewers received in a month. */
    transferred: async ({ breakoutId, eventId, accountId }: BreakoutBody, month: string, gigabytes: bigint, stage: MeasuredProfile['stage'] = 'FINAL'): Promise<void> => {
      const owner = { kind: 'BREAKOUT' as const, breakoutId, eventId, accountId };
      await bookMeasured({ owner, month, stage, lines: [transferLine(month, gigabytes, book)], series: [], asOf: new Date().toISOString(), priceBookId: book.bookId });
    },
    /** Keeps a newer price book, in which the first tier of that traffic costs this. Answers its id. */
    priced: async (usdPerGigabyte: string): Promise<string> => {
      const fetchedAt = new Date().toISOString();
      const rates = book.rates.map((rate) => {
        const [first, ...others] = rate.tiers;
        return rate.usageType === 'US-DataTransfer-Out-Bytes' && first ? { ...rate, tiers: [{ ...first, usdPerUnit: usdPerGigabyte }, ...others] } : rate;
      });
      const bookId = bookIdOf(book.region, fetchedAt);
      await books.add({ ...book, bookId, fetchedAt, rates });
      return bookId;
    },
  };
};
