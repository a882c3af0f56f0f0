import type { z } from 'zod';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { correctedPricesBodySchema } from '../../lambda/contract/api/corrected-prices.ts';
import { monthBodySchema } from '../../lambda/contract/api/months.ts';
import { reratedLevelSchema, reratedPlatformSchema } from '../../lambda/contract/api/rerated-usage.ts';
import { usageSchema } from '../../lambda/contract/api/usage.ts';
import { bodyOf, problemOf, type ApiClient, type Answer } from '../support/journeys/api-client.ts';
import { anAccount, operatorOf, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aBreakout, anEvent } from '../support/journeys/plans.ts';
import { seededUsage } from '../support/journeys/seeded-usage.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

let stage: StageDriver;
let harbour: AccountCast;
let rival: AccountCast;
let operator: ApiClient;
let usage: Awaited<ReturnType<typeof seededUsage>>;
let show: BreakoutBody;

const thisMonth = (): string => new Date().toISOString().slice(0, 7);

const monthsFrom = (month: string, count: number): string => {
  const [year = 0, index = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index - 1 + count)).toISOString().slice(0, 7);
};

const used = monthsFrom(thisMonth(), -2);
const next = monthsFrom(thisMonth(), -1);

const close = (month: string, client = harbour.finance): Promise<Answer> => client.post(`/accounts/${harbour.accountId}/months/${month}/close`);

const statement = async (month: string): Promise<z.infer<typeof monthBodySchema>> => bodyOf(await harbour.finance.get(`/accounts/${harbour.accountId}/months/${month}`), 200, monthBodySchema);

const chargedFor = async (path: string): Promise<string> => bodyOf(await harbour.finance.get(path), 200, usageSchema.pick({ totalChargeUsd: true })).totalChargeUsd;

const accountUsage = (query: string): string => `/accounts/${harbour.accountId}/usage?${query}`;

/** Given an account whose viewers received 12,000 GB two months ago, which is not final yet. */
beforeAll(async () => {
  stage = await openStage();
  [harbour, rival, operator, usage] = await Promise.all([anAccount(stage), anAccount(stage, 'Rival Productions'), operatorOf(stage), seededUsage(stage.aws)]);
  const { eventId } = await anEvent(harbour.producer);
  show = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0]);
  await usage.transferred(show, used, 12_000n, 'PROVISIONAL');
});

afterAll(async () => {
  usage.close();
  await stage.close();
});

describe('when a month is closed that cannot be', () => {
  it('names the usage that is not final', async () => {
    const problem = problemOf(await close(used));

    expect(problem).toMatchObject({ status: 409, code: 'month-not-final', details: { count: '1', first: [show.breakoutId] } });
    expect(problem.detail).toContain(`1 profile is not final in ${used} (${show.breakoutId}), expected none`);
  });

  it.each([
    ['the present month', thisMonth(), 409, 'month-not-over'],
    ['a month to come', '2099-01', 409, 'month-not-over'],
    ['what is no month', '2026-13', 400, 'invalid-month'],
  ])('refuses %s', async (_, month, status, code) => {
    expect(problemOf(await close(month))).toMatchObject({ status, code });
  });

  it("refuses other accounts' members, and who may not close", async () => {
    expect(problemOf(await close(used, rival.finance))).toMatchObject({ status: 404, code: 'account-not-found' });
    expect((await close(used, harbour.viewer)).status).toBe(403);
    expect((await close(used, harbour.producer)).status).toBe(403);
  });

  it('leaves it open', async () => {
    expect(await statement(used)).toMatchObject({ status: 'OPEN', closedAt: null });
  });
});

describe('when all of a month is final', () => {
  let closed: z.infer<typeof monthBodySchema>;
  let closedAt: string;

  beforeAll(async () => {
    await usage.transferred(show, used, 12_000n);
    closed = bodyOf(await close(used), 200, monthBodySchema);
    closedAt = new Date().toISOString();
  });

  it('is closed with what volume tiers take off, which is in no breakout', async () => {
    // 1,760 GB are beyond the first tier of 10,240 GB, and cost half a cent less each.
    expect(closed).toMatchObject({ status: 'CLOSED', totalChargeUsd: '1011.2', corrections: { items: [] } });
    expect(await chargedFor(`/breakouts/${show.breakoutId}/usage?period=${used}`)).toBe('1020');
    const { items } = JSON.parse((await harbour.finance.get(`/accounts/${harbour.accountId}/usage/lines?month=${used}`)).text);
    expect(items).toMatchObject([{ ownerId: `${harbour.accountId}/tier-adjustment`, chargeUsd: '-8.8', notes: expect.arrayContaining([expect.stringContaining("everybody's month has 12000 GB, of which 12000 are here")]) }]);
  });

  it('answers the same when it is closed again', async () => {
    expect(bodyOf(await close(used), 200, monthBodySchema)).toEqual(closed);
  });

  it('bills what changes later in the next month, naming the month that it is of', async () => {
    await usage.transferred(show, used, 11_000n);

    expect(await statement(used)).toEqual(closed);
    const { corrections } = await statement(next);
    expect(corrections.items.find(({ breakoutId }) => breakoutId !== null)).toMatchObject({ chargeMonth: used, breakoutId: show.breakoutId, purpose: null, version: 3, chargeUsd: '-85' });
  });

  it('tells what was known before', async () => {
    expect(await chargedFor(`/breakouts/${show.breakoutId}/usage?period=${used}`)).toBe('935');
    expect(await chargedFor(`/breakouts/${show.breakoutId}/usage?period=${used}&at=${closedAt}`)).toBe('1020');
    expect(await chargedFor(accountUsage(`period=${used}&at=${closedAt}`))).toBe('1011.2');
  });

  it('corrects an error in prices when the operator says so, once', async () => {
    const body = { month: used, priceBook: await usage.priced('0.0900000000') };
    const path = `/breakouts/${show.breakoutId}/usage/rerated`;

    const foretold = bodyOf(await harbour.finance.get(`/accounts/${harbour.accountId}/usage/rerated?month=${used}&priceBook=${body.priceBook}`), 200, reratedLevelSchema);
    const platform = bodyOf(await operator.get(`/platform/usage/rerated?month=${used}&priceBook=${body.priceBook}`), 200, reratedPlatformSchema);
    const corrected = bodyOf(await operator.post(path, body), 200, correctedPricesBodySchema);
    const again = bodyOf(await operator.post(path, body), 200, correctedPricesBodySchema);

    expect(corrected).toMatchObject({ status: 'CORRECTED', was: { version: 3, chargeUsd: '935' }, is: { version: 4, chargeUsd: '990', priceBookId: body.priceBook }, difference: { usd: '55', chargeUsd: '55' } });
    expect(again).toMatchObject({ was: corrected.is, is: corrected.is, difference: { usd: '0', chargeUsd: '0' } });
    expect(foretold.ownLines?.lines).toMatchObject([{ ownerId: `${harbour.accountId}/tier-adjustment`, is: { chargeUsd: '-7.6', explained: expect.arrayContaining([`tiers of price book ${body.priceBook}`]) } }]);
    expect(foretold.is.chargeUsd).toBe(await chargedFor(accountUsage(`period=${used}`)));
    expect(platform.accounts.find(({ accountId }) => accountId === harbour.accountId)?.difference).toEqual(foretold.difference);
    expect(platform).toMatchObject({ is: foretold.is, difference: foretold.difference, overheads: { difference: { usd: '0' } } });
    expect((await harbour.owner.get(`/platform/usage/rerated?month=${used}&priceBook=${body.priceBook}`)).status).toBe(403);
    expect((await harbour.owner.post(path, body)).status).toBe(403);
    expect(problemOf(await operator.post(path, { ...body, priceBook: 'us-east-1@never' }))).toMatchObject({ status: 404, code: 'price-book-not-found' });
    expect(problemOf(await operator.post(path, { ...body, month: next }))).toMatchObject({ status: 404, code: 'usage-not-booked' });
    expect(problemOf(await operator.post(path, { month: 11 }))).toMatchObject({ status: 400, fields: ['/month', '/priceBook'] });
  });

  it('bills over all months what all months were used', async () => {
    const bills = await Promise.all([used, next, thisMonth()].map(statement));

    // Of 11,000 GB the right book's second tier, a cent less a GB, takes off 7.60; of 12,000 the wrong one's took 8.80.
    expect(bills.map(({ totalChargeUsd }) => totalChargeUsd)).toEqual(['1011.2', '-28.8', '0']);
    expect(bills[1]?.corrections.items.map(({ purpose, chargeUsd }) => [purpose, chargeUsd]).sort()).toEqual([[null, '-85'], [null, '55'], ['tier-adjustment', '1.2']].sort());
    expect(await chargedFor(accountUsage('period=TOTAL'))).toBe('982.4');
    expect(await chargedFor(accountUsage(`period=${used}`))).toBe('982.4');
  });
});
