import * as z from 'zod';
import { correctedLevelBodySchema, correctedPricesBodySchema } from '../../../lambda/contract/api/corrected-prices.ts';
import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import { transferCriteria } from '../../../lambda/domain/pricing/delivery-rates.ts';
import { bookProfile } from '../../support/usage/book-profile.ts';
import { pricedLine } from '../../../lambda/domain/usage/price-line.ts';
import { priceCorrectionOperations } from '../../../lambda/handlers/http/price-correction-operations.ts';
import { aPriceBook, aRate } from '../../support/usage/a-price-book.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../support/usage/a-profile.ts';
import { monthBodySchema } from '../../../lambda/contract/api/months.ts';
import { accountBodySchema, accountPageSchema } from '../../../lambda/contract/api/accounts.ts';
import { breakoutBodySchema, breakoutPageSchema } from '../../../lambda/contract/api/breakouts.ts';
import { eventBodySchema, eventPageSchema } from '../../../lambda/contract/api/events.ts';
import { livePageSchema } from '../../../lambda/contract/api/live.ts';
import { logPageSchema } from '../../../lambda/contract/api/log.ts';
import { pipelinePageSchema } from '../../../lambda/contract/api/pipelines.ts';
import { accountTermsBodySchema, priceTermsBodySchema } from '../../../lambda/contract/api/price-terms.ts';
import { problemSchema } from '../../../lambda/contract/api/problem.ts';
import { startBreakout } from '../../../lambda/domain/breakouts/start-breakout.ts';
import { accountOperations } from '../../../lambda/handlers/http/account-operations.ts';
import { breakoutOperations } from '../../../lambda/handlers/http/breakout-operations.ts';
import { eventOperations } from '../../../lambda/handlers/http/event-operations.ts';
import { logOperations } from '../../../lambda/handlers/http/log-operations.ts';
import { monthOperations } from '../../../lambda/handlers/http/month-operations.ts';
import { pipelineOperations } from '../../../lambda/handlers/http/pipeline-operations.ts';
import { priceTermsOperations } from '../../../lambda/handlers/http/price-terms-operations.ts';
import { recordingPageSchema } from '../../../lambda/contract/api/recordings.ts';
import { recordingListOperations } from '../../../lambda/handlers/http/recording-list-operations.ts';
import { type OperationsOf, restHandler } from '../../../lambda/platform/http/rest-handler.ts';
import { aLogEntry } from '../../support/shows/a-log-entry.ts';
import { aCaller } from '../../support/shows/a-plan.ts';
import { aProxyEvent } from '../../support/shows/a-proxy-event.ts';
import { memoryAccounts } from '../../support/shows/memory-accounts.ts';
import { memoryIdempotency } from '../../support/shows/memory-idempotency.ts';
import { quietLog } from '../../support/shows/quiet-log.ts';
import { showWorld } from '../../support/shows/show-world.ts';
import { memoryPriceTerms } from '../../support/usage/memory-price-terms.ts';
import { memoryUsageHistory } from '../../support/usage/memory-usage-history.ts';
import { memoryUsageStore } from '../../support/usage/memory-usage-store.ts';
import { aRecording } from '../../support/usage/a-show.ts';

const log = quietLog();

const api = () => {
  const world = showWorld();
  const usage = memoryUsageStore();
  const kept: PriceBook[] = [];
  const deps = {
    ...world.deps,
    accounts: memoryAccounts().accounts,
    recordings: { get: async () => undefined, listByAccount: async () => ({ items: [aRecording()] }), listByEvent: async () => ({ items: [], next: 'after' }) },
    usage,
    history: memoryUsageHistory(usage.moves),
    books: { latest: async () => undefined, inForce: async () => undefined, get: async (_region: string, bookId: string) => kept.find((book) => book.bookId === bookId) },
    terms: memoryPriceTerms(),
    pricedRegion: 'us-east-1',
  };
  const handler = restHandler<OperationsOf<'api'>>(() => ({
    idempotency: memoryIdempotency(world.deps.now),
    operations: { ...accountOperations(deps), ...eventOperations(deps), ...breakoutOperations(deps), ...pipelineOperations(deps), ...logOperations(deps), ...recordingListOperations(deps), ...monthOperations(deps), ...priceTermsOperations(deps), ...priceCorrectionOperations(deps) },
  }));
  const call = async (request: Parameters<typeof aProxyEvent>[0]) => {
    const response = await handler(aProxyEvent(request));
    return { ...response, json: JSON.parse(response.body) };
  };
  return { call, world, usage, books: kept };
};

const eventBody = { name: 'Conference', startsAt: '2026-11-23T09:00:00+01:00', endsAt: '2026-11-23T20:00:00Z', venue: { name: 'Hall', country: 'CH' } };
const breakoutBody = { title: 'Opening', pipelineId: 'pl_main', startsAt: '2026-11-23T10:00:00Z', endsAt: '2026-11-23T11:00:00Z' };

const planned = async () => {
  const { call, world, usage, books } = api();
  const event = await call({ method: 'POST', resource: '/events', body: eventBody });
  const params = { eventId: event.json.eventId };
  const breakout = await call({ method: 'POST', resource: '/events/{eventId}/breakouts', params, body: breakoutBody });
  return { call, world, usage, books, event, breakout, params };
};

describe('the API', () => {
  it('lists recordings of a breakout, an event and an account', async () => {
    const { call, breakout, params } = await planned();
    const { breakoutId } = breakout.json;
    const account = await call({ method: 'POST', resource: '/accounts', body: { name: 'One', members: [{ subject: 'anna', role: 'OWNER' }] } });
    const { accountId } = account.json;

    const ofBreakout = await call({ method: 'GET', resource: '/breakouts/{breakoutId}/recordings', params: { breakoutId } });
    const ofEvent = await call({ method: 'GET', resource: '/events/{eventId}/recordings', params });
    const ofAccount = await call({ method: 'GET', resource: '/accounts/{accountId}/recordings', params: { accountId }, accountId });

    expect(ofBreakout.json).toEqual({ items: [], nextCursor: null });
    expect(ofEvent.json).toEqual({ items: [], nextCursor: expect.any(String) });
    expect(recordingPageSchema.parse(ofAccount.json).items).toMatchObject([{ status: 'READY', percentComplete: 100, durationMilliseconds: 3_600_000, renditions: [{ name: 'mp4-0', heightPixels: 1080 }] }]);
  });

  it('keeps the price terms of an account, each version for good', async () => {
    const { call } = api();
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

  it('plans an event and books a breakout', async () => {
    const { call, event, breakout, params } = await planned();

    expect(event).toMatchObject({ statusCode: 201, headers: { ETag: '"1"', 'X-Request-Id': 'request-1' } });
    expect(z.strictObject(eventBodySchema.shape).parse(event.json)).toMatchObject({ startsAt: '2026-11-23T08:00:00.000Z', venue: { country: 'CH' } });
    expect(z.strictObject(breakoutBodySchema.shape).parse(breakout.json)).toMatchObject({ status: 'SCHEDULED', wantsMp4: false });
    const listed = await call({ resource: '/events/{eventId}/breakouts', params });
    expect(breakoutPageSchema.parse(listed.json)).toEqual({ items: [breakout.json], nextCursor: null });
  });

  it('answers a page at a time', async () => {
    const { call } = api();
    for (const name of ['a', 'b', 'c']) await call({ method: 'POST', resource: '/events', body: { ...eventBody, name } });

    const first = await call({ query: { limit: '2' } });
    const second = await call({ query: { limit: '2', cursor: first.json.nextCursor } });
    expect(eventPageSchema.parse(first.json).items).toHaveLength(2);

    expect(first.json.items.map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
    expect(second.json).toMatchObject({ items: [{ name: 'c' }], nextCursor: null });
    expect(await call({ query: { cursor: 'nonsense' } })).toMatchObject({ statusCode: 400, json: { code: 'invalid-cursor', fields: [{ field: 'cursor' }] } });
    expect(await call({ query: { limit: '0' } })).toMatchObject({ statusCode: 400, json: { fields: [{ field: 'limit' }] } });
  });

  it('rejects a body with all the fields at fault', async () => {
    const { json, statusCode, headers } = await api().call({ method: 'POST', resource: '/events', body: { startsAt: 'soon', endsAt: '2026-11-23T20:00:00Z', colour: 'red', venue: {} } });

    expect({ statusCode, type: headers['Content-Type'] }).toEqual({ statusCode: 400, type: 'application/problem+json' });
    expect(problemSchema.parse(json).fields?.map(({ field }) => field).sort()).toEqual(['/colour', '/name', '/startsAt', '/venue/name']);
  });

  it.each([
    ['no JSON', '{"name":', 'malformed-json'],
    ['an oversized body', JSON.stringify({ name: 'x'.repeat(70_000) }), 'body-too-large'],
    ['no object', '[]', 'invalid-request'],
    ['nothing', '', 'invalid-request'],
  ])('rejects %s', async (_, text, code) => {
    expect(await api().call({ method: 'POST', resource: '/events', text })).toMatchObject({ statusCode: 400, json: { code, status: 400 } });
  });

  it('rejects a caller without the privilege', async () => {
    const answer = await api().call({ method: 'POST', resource: '/events', body: eventBody, granted: ['events:view'] });

    expect(answer).toMatchObject({ statusCode: 403, json: { code: 'privilege-missing', details: { privilege: 'events:add' } } });
  });

  it('answers 404 for what is not there or not the caller\'s', async () => {
    const { call, params } = await planned();
    const resource = '/events/{eventId}';

    const unknown = await call({ resource, params: { eventId: 'evt_none' } });
    const foreign = await call({ resource, params, accountId: 'acc_other' });

    expect([unknown.statusCode, foreign.statusCode]).toEqual([404, 404]);
    expect(foreign.json.detail).toBe(`there is no event ${params.eventId}`);
    expect(await call({ resource: '/nowhere' })).toMatchObject({ statusCode: 404, json: { code: 'route-not-found' } });
  });

  it('answers 409 with the other\'s times for a taken pipeline', async () => {
    const { call, params } = await planned();

    const answer = await call({ method: 'POST', resource: '/events/{eventId}/breakouts', params, body: breakoutBody });

    expect(answer).toMatchObject({ statusCode: 409, json: { code: 'pipeline-booked', details: { startsAt: '2026-11-23T10:00:00.000Z', endsAt: '2026-11-23T11:00:00.000Z' } } });
  });

  it('changes over the version that If-Match names', async () => {
    const { call, params } = await planned();
    const update = (headers: Record<string, string>) => call({ method: 'PATCH', resource: '/events/{eventId}', params, headers, body: { name: 'Renamed' } });

    expect(await update({ 'If-Match': '"1"' })).toMatchObject({ statusCode: 200, headers: { ETag: '"2"' }, json: { name: 'Renamed' } });
    expect(await update({ 'if-match': '"1"' })).toMatchObject({ statusCode: 412, json: { code: 'revision-mismatch', details: { revision: 2 } } });
    expect(await update({ 'If-Match': 'two' })).toMatchObject({ statusCode: 400, json: { fields: [{ field: 'If-Match' }] } });
    expect(await update({})).toMatchObject({ statusCode: 200, headers: { ETag: '"3"' } });
  });

  it('carries a write out once for one Idempotency-Key', async () => {
    const { call } = api();
    const create = (body: object, key = 'key-1') => call({ method: 'POST', resource: '/events', body, headers: { 'Idempotency-Key': key } });

    const first = await create(eventBody);
    const again = await create(eventBody);

    expect(again).toMatchObject({ statusCode: 201, json: first.json, headers: { 'Idempotency-Replayed': 'true', ETag: '"1"' } });
    expect((await call({})).json.items).toHaveLength(1);
    expect(await create({ ...eventBody, name: 'Other' })).toMatchObject({ statusCode: 422, json: { code: 'idempotency-key-reused' } });
    expect(await create({}, 'key-2')).toMatchObject({ statusCode: 400 });
    expect(await create(eventBody, 'key-2')).toMatchObject({ statusCode: 201 });
    expect(await create(eventBody, 'not a key')).toMatchObject({ statusCode: 400, json: { code: 'invalid-idempotency-key' } });
  });

  it('tells the request id only when the fault is its own', async () => {
    const { call, world } = await planned();
    jest.spyOn(world.plans.events, 'get').mockRejectedValue(new Error('secret internals'));

    const answer = await call({ resource: '/events/{eventId}', params: { eventId: 'evt_1' } });

    expect(answer.statusCode).toBe(500);
    expect(answer.json).toEqual({ type: 'urn:visionstream:problem:internal', title: 'Something went wrong here', status: 500, code: 'internal', requestId: 'request-1', instance: '/events/{eventId}' });
    expect(log.lines.join('')).toContain('secret internals');
  });

  it('answers pipelines with what they cost', async () => {
    const { json } = await api().call({ resource: '/pipelines' });

    expect(pipelinePageSchema.parse(json).items).toMatchObject([{ pipelineId: 'pl_main', turnaroundSeconds: 300, hourlyRates: { priceBookId: null } }]);
  });

  it('answers accounts, and recordings to their account alone', async () => {
    const { call, breakout } = await planned();
    const created = await call({ method: 'POST', resource: '/accounts', body: { name: 'One', members: [{ subject: 'anna', role: 'OWNER' }] } });
    expect(accountBodySchema.parse(created.json)).toMatchObject({ name: 'One' });
    expect(accountPageSchema.parse((await call({ resource: '/accounts', accountId: created.json.accountId })).json).items).toEqual([created.json]);
    const params = { breakoutId: breakout.json.breakoutId };

    expect(await call({ resource: '/breakouts/{breakoutId}/recordings', params, accountId: 'acc_other' })).toMatchObject({ statusCode: 404, json: { code: 'breakout-not-found' } });
  });

  it('closes a month and answers what it bills', async () => {
    const { call } = api();
    const { json: account } = await call({ method: 'POST', resource: '/accounts', body: { name: 'One', members: [{ subject: 'anna', role: 'OWNER' }] } });
    const close = (month: string, accountId = account.accountId) =>
      call({ method: 'POST', resource: '/accounts/{accountId}/months/{month}/close', params: { accountId: account.accountId, month }, accountId });

    const closed = await close('2026-10');

    expect(monthBodySchema.parse(closed.json)).toMatchObject({ accountId: account.accountId, month: '2026-10', status: 'CLOSED', totalChargeUsd: '0', corrections: { items: [], nextCursor: null } });
    expect((await call({ resource: '/accounts/{accountId}/months/{month}', params: { accountId: account.accountId, month: '2026-10' }, accountId: account.accountId })).json).toEqual(closed.json);
    expect(await close('2099-01')).toMatchObject({ statusCode: 409, json: { code: 'month-not-over' } });
    expect(await close('2026-13')).toMatchObject({ statusCode: 400, json: { code: 'invalid-month' } });
    expect(await close('2026-10', 'acc_other')).toMatchObject({ statusCode: 404, json: { code: 'account-not-found' } });
  });

  it('corrects prices of a month that is booked', async () => {
    const { call, usage, books, breakout } = await planned();
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

  it('tells what runs and what happened in shows', async () => {
    const { call, world, breakout } = await planned();
    const { breakoutId } = breakout.json;
    await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
    await world.log.note(aLogEntry({ breakoutId }));

    const live = await call({ resource: '/live' });
    const logs = [await call({ resource: '/log', query: { type: 'INPUT' } }), await call({ resource: '/breakouts/{breakoutId}/log', params: { breakoutId } })];

    expect(livePageSchema.parse(live.json).items).toMatchObject([{ breakoutId, status: 'STARTING', activeInputs: [] }]);
    for (const { json } of logs) expect(logPageSchema.parse(json).items).toMatchObject([{ breakoutId, type: 'INPUT', name: 'LOST', isFirstSeen: false }]);
  });
});
