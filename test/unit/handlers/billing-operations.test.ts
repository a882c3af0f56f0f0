import { correctedLevelBodySchema, correctedPricesBodySchema } from '../../../lambda/contract/api/corrected-prices.ts';
import { transferCriteria } from '../../../lambda/domain/pricing/delivery-rates.ts';
import { bookProfile } from '../../support/usage/book-profile.ts';
import { pricedLine } from '../../../lambda/domain/usage/price-line.ts';
import { aPriceBook, aRate } from '../../support/usage/a-price-book.ts';
import { quietLog } from '../../support/shows/quiet-log.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../support/usage/a-profile.ts';
import { monthBodySchema } from '../../../lambda/contract/api/months.ts';
import { accountTermsBodySchema, priceTermsBodySchema } from '../../../lambda/contract/api/price-terms.ts';
import { plannedShow, restApi } from '../../support/shows/rest-api.ts';

quietLog();

describe('prices and bills in the API', () => {
  it('keeps the price terms of an account, each version for good', async () => {
    const { call } = restApi();
    const { accountId } = (await call({ method: 'POST', resource: '/accounts', body: { name: 'One' } })).json;
    const resource = '/accounts/{accountId}/price-terms';
    const asked = { resource, params: { accountId }, accountId: 'PLATFORM' };

    expect((await call(asked)).json).toEqual({ accountId, inForce: null, versions: [] });
    const set = await call({ ...asked, method: 'PUT', body: { markUpPercent: { delivery: '15' }, monthlyMinimumUsd: '100' } });
    const stale = await call({ ...asked, method: 'PUT', body: {}, headers: { 'If-Match': '"0"' } });
    const wrong = await call({ ...asked, method: 'PUT', body: { flatUsd: { delivery: 0.05, packaging: 'NaN' }, markUpPercent: { lunch: '1' } } });

    expect(set).toMatchObject({ statusCode: 200, headers: { ETag: '"1"' } });
    expect(priceTermsBodySchema.parse(set.json)).toMatchObject({ termsId: `${accountId}@1`, flatUsd: {}, markUpPercent: { delivery: '15' } });
    expect(stale).toMatchObject({ statusCode: 412, json: { code: 'revision-mismatch' } });
    expect(wrong).toMatchObject({ statusCode: 400, json: { fields: [{ field: '/markUpPercent/lunch' }, { field: '/flatUsd/delivery' }] } });
    expect(accountTermsBodySchema.parse((await call(asked)).json)).toMatchObject({ inForce: `${accountId}@1`, versions: [set.json] });
    expect(await call({ ...asked, accountId: 'acc_other' })).toMatchObject({ statusCode: 404 });
  });

  it('closes a month and answers what it bills', async () => {
    const { call } = restApi();
    const { json: account } = await call({ method: 'POST', resource: '/accounts', body: { name: 'One', members: [{ subject: 'anna', role: 'OWNER' }] } });
    const close = (month: string, accountId = account.accountId) =>
      call({ method: 'POST', resource: '/accounts/{accountId}/months/{month}/close', params: { accountId: account.accountId, month }, accountId });

    const closed = await close('2026-10');

    expect(monthBodySchema.parse(closed.json)).toMatchObject({ accountId: account.accountId, month: '2026-10', status: 'CLOSED', totalChargeUsd: '0', corrections: { items: [], nextCursor: null } });
    expect((await call({ resource: '/accounts/{accountId}/months/{month}', params: { accountId: account.accountId, month: '2026-10' }, accountId: account.accountId })).json).toEqual(closed.json);
    expect(await close('2099-01')).toMatchObject({ statusCode: 409, json: { code: 'month-not-over' } });
    expect(await call({ resource: '/accounts/{accountId}/months/{month}', params: { accountId: account.accountId, month: '2099-01' }, accountId: account.accountId })).toMatchObject({ statusCode: 400, json: { code: 'period-in-future' } });
    expect(await close('2026-13')).toMatchObject({ statusCode: 400, json: { code: 'invalid-month' } });
    expect(await close('2026-10', 'acc_other')).toMatchObject({ statusCode: 404, json: { code: 'account-not-found' } });
  });

  it('corrects prices of a month that is booked', async () => {
    const { call, usage, books, breakout } = await plannedShow();
    const { breakoutId, eventId, accountId } = breakout.json;
    const [wrong, right] = [aPriceBook(), aPriceBook({ bookId: 'us-east-1@2026-12-01T00:00:00.000Z', rates: [aRate('AmazonCloudFront', 'US-DataTransfer-Out-Bytes', 'GB', '0.08')] })];
    books.push(wrong, right);
    const line = pricedLine({ ...aLine({ category: 'delivery', adds: {} }), basis: { criteria: transferCriteria('US'), base: 100n, perUnit: 1n } }, wrong);
    await bookProfile({ usage, now: () => new Date('2026-12-01T00:00:00Z') })(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId, eventId, accountId }), stage: 'FINAL', lines: [line] }));
    const correct = (body: object, overrides: object = {}) =>
      call({ method: 'POST', resource: '/breakouts/{breakoutId}/usage/rerated', params: { breakoutId }, accountId: 'PLATFORM', body: { month: '2026-11', priceBook: right.bookId, ...body }, ...overrides });

    const corrected = await correct({});

    expect(correctedPricesBodySchema.parse(corrected.json)).toEqual({
      breakoutId,
      month: '2026-11',
      status: 'CORRECTED',
      was: { version: 1, priceBookId: null, usd: '8.5', chargeUsd: '8.5' },
      is: { version: 2, priceBookId: right.bookId, usd: '8', chargeUsd: '8' },
      difference: { usd: '-0.5', chargeUsd: '-0.5' },
    });
    const ofEvent = await call({ method: 'POST', resource: '/events/{eventId}/usage/rerated', params: { eventId }, accountId: 'PLATFORM', body: { month: '2026-11', priceBook: right.bookId } });
    expect(correctedLevelBodySchema.parse(ofEvent.json)).toMatchObject({ month: '2026-11', breakouts: [{ breakoutId, was: corrected.json.is, is: corrected.json.is }], difference: { usd: '0', chargeUsd: '0' } });
    expect(await correct({ month: '2026-10' })).toMatchObject({ statusCode: 404, json: { code: 'usage-not-booked' } });
    expect(await correct({ month: 'May' })).toMatchObject({ statusCode: 400, json: { code: 'invalid-month' } });
    expect(await correct({ priceBook: 'us-east-1@never' })).toMatchObject({ statusCode: 404, json: { code: 'price-book-not-found' } });
    expect(await correct({}, { granted: ['usage:view'] })).toMatchObject({ statusCode: 403, json: { code: 'privilege-missing' } });
  });
});
