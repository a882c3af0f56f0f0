import * as z from 'zod';
import { accountBodySchema, accountPageSchema } from '../../../lambda/contract/api/accounts.ts';
import { breakoutBodySchema, breakoutPageSchema } from '../../../lambda/contract/api/breakouts.ts';
import { eventBodySchema, eventPageSchema } from '../../../lambda/contract/api/events.ts';
import { livePageSchema } from '../../../lambda/contract/api/live.ts';
import { logPageSchema } from '../../../lambda/contract/api/log.ts';
import { pipelinePageSchema } from '../../../lambda/contract/api/pipelines.ts';
import { problemSchema } from '../../../lambda/contract/api/problem.ts';
import { startBreakout } from '../../../lambda/domain/breakouts/start-breakout.ts';
import { recordingPageSchema } from '../../../lambda/contract/api/recordings.ts';
import { aLogEntry } from '../../support/shows/a-log-entry.ts';
import { aCaller } from '../../support/shows/a-plan.ts';
import { quietLog } from '../../support/shows/quiet-log.ts';
import { breakoutBody, eventBody, plannedShow, restApi } from '../../support/shows/rest-api.ts';

const log = quietLog();

describe('the API', () => {
  it('lists recordings of a breakout, an event and an account', async () => {
    const { call, breakout, params } = await plannedShow();
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

  it('plans an event and books a breakout', async () => {
    const { call, event, breakout, params } = await plannedShow();

    expect(event).toMatchObject({ statusCode: 201, headers: { ETag: '"1"', 'X-Request-Id': 'request-1' } });
    expect(z.strictObject(eventBodySchema.shape).parse(event.json)).toMatchObject({ startsAt: '2026-11-23T08:00:00.000Z', venue: { country: 'CH' } });
    expect(z.strictObject(breakoutBodySchema.shape).parse(breakout.json)).toMatchObject({ status: 'SCHEDULED', wantsMp4: false });
    const listed = await call({ resource: '/events/{eventId}/breakouts', params });
    expect(breakoutPageSchema.parse(listed.json)).toEqual({ items: [breakout.json], nextCursor: null });
  });

  it('answers a page at a time', async () => {
    const { call } = restApi();
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
    const { json, statusCode, headers } = await restApi().call({ method: 'POST', resource: '/events', body: { startsAt: 'soon', endsAt: '2026-11-23T20:00:00Z', colour: 'red', venue: {} } });

    expect({ statusCode, type: headers['Content-Type'] }).toEqual({ statusCode: 400, type: 'application/problem+json' });
    expect(problemSchema.parse(json).fields?.map(({ field }) => field).sort()).toEqual(['/colour', '/name', '/startsAt', '/venue/name']);
  });

  it.each([
    ['no JSON', '{"name":', 'malformed-json'],
    ['an oversized body', JSON.stringify({ name: 'x'.repeat(70_000) }), 'body-too-large'],
    ['no object', '[]', 'invalid-request'],
    ['nothing', '', 'invalid-request'],
  ])('rejects %s', async (_, text, code) => {
    expect(await restApi().call({ method: 'POST', resource: '/events', text })).toMatchObject({ statusCode: 400, json: { code, status: 400 } });
  });

  it('rejects a caller without the privilege', async () => {
    const answer = await restApi().call({ method: 'POST', resource: '/events', body: eventBody, granted: ['events:view'] });

    expect(answer).toMatchObject({ statusCode: 403, json: { code: 'privilege-missing', details: { privilege: 'events:add' } } });
  });

  it('answers 404 for what is not there or not the caller\'s', async () => {
    const { call, params } = await plannedShow();
    const resource = '/events/{eventId}';

    const unknown = await call({ resource, params: { eventId: 'evt_none' } });
    const foreign = await call({ resource, params, accountId: 'acc_other' });

    expect([unknown.statusCode, foreign.statusCode]).toEqual([404, 404]);
    expect(foreign.json.detail).toBe(`there is no event ${params.eventId}`);
    expect(await call({ resource: '/nowhere' })).toMatchObject({ statusCode: 404, json: { code: 'route-not-found' } });
  });

  it('answers 409 with the other\'s times for a taken pipeline', async () => {
    const { call, params } = await plannedShow();

    const answer = await call({ method: 'POST', resource: '/events/{eventId}/breakouts', params, body: breakoutBody });

    expect(answer).toMatchObject({ statusCode: 409, json: { code: 'pipeline-booked', details: { startsAt: '2026-11-23T10:00:00.000Z', endsAt: '2026-11-23T11:00:00.000Z' } } });
  });

  it('changes over the version that If-Match names', async () => {
    const { call, params } = await plannedShow();
    const update = (headers: Record<string, string>) => call({ method: 'PATCH', resource: '/events/{eventId}', params, headers, body: { name: 'Renamed' } });

    expect(await update({ 'If-Match': '"1"' })).toMatchObject({ statusCode: 200, headers: { ETag: '"2"' }, json: { name: 'Renamed' } });
    expect(await update({ 'if-match': '"1"' })).toMatchObject({ statusCode: 412, json: { code: 'revision-mismatch', details: { revision: 2 } } });
    expect(await update({ 'If-Match': 'two' })).toMatchObject({ statusCode: 400, json: { fields: [{ field: 'If-Match' }] } });
    expect(await update({})).toMatchObject({ statusCode: 200, headers: { ETag: '"3"' } });
  });

  it('carries a write out once for one Idempotency-Key', async () => {
    const { call } = restApi();
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
    const { call, world } = await plannedShow();
    jest.spyOn(world.plans.events, 'get').mockRejectedValue(new Error('secret internals'));

    const answer = await call({ resource: '/events/{eventId}', params: { eventId: 'evt_1' } });

    expect(answer.statusCode).toBe(500);
    expect(answer.json).toEqual({ type: 'urn:visionstream:problem:internal', title: 'Something went wrong here', status: 500, code: 'internal', requestId: 'request-1', instance: '/events/{eventId}' });
    expect(log.lines.join('')).toContain('secret internals');
  });

  it('answers pipelines with what they cost', async () => {
    const { json } = await restApi().call({ resource: '/pipelines' });

    expect(pipelinePageSchema.parse(json).items).toMatchObject([{ pipelineId: 'pl_main', turnaroundSeconds: 300, hourlyRates: { priceBookId: null } }]);
  });

  it('answers accounts, and recordings to their account alone', async () => {
    const { call, breakout } = await plannedShow();
    const created = await call({ method: 'POST', resource: '/accounts', body: { name: 'One', members: [{ subject: 'anna', role: 'OWNER' }] } });
    expect(accountBodySchema.parse(created.json)).toMatchObject({ name: 'One' });
    expect(accountPageSchema.parse((await call({ resource: '/accounts', accountId: created.json.accountId })).json).items).toEqual([created.json]);
    const params = { breakoutId: breakout.json.breakoutId };

    expect(await call({ resource: '/breakouts/{breakoutId}/recordings', params, accountId: 'acc_other' })).toMatchObject({ statusCode: 404, json: { code: 'breakout-not-found' } });
  });

  it('tells what runs and what happened in shows', async () => {
    const { call, world, breakout } = await plannedShow();
    const { breakoutId } = breakout.json;
    await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
    await world.log.note(aLogEntry({ breakoutId }));

    const live = await call({ resource: '/live' });
    const logs = [await call({ resource: '/log', query: { type: 'INPUT' } }), await call({ resource: '/breakouts/{breakoutId}/log', params: { breakoutId } })];

    expect(livePageSchema.parse(live.json).items).toMatchObject([{ breakoutId, status: 'STARTING', activeInputs: [] }]);
    for (const { json } of logs) expect(logPageSchema.parse(json).items).toMatchObject([{ breakoutId, type: 'INPUT', name: 'LOST', isFirstSeen: false }]);
  });
});
