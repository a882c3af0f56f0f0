import { accountBodySchema } from '../../lambda/contract/api/accounts.ts';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import type { EventBody } from '../../lambda/contract/api/events.ts';
import { apiClient, bodyOf, problemOf, type ApiClient } from '../support/journeys/api-client.ts';
import { anAccount, operatorOf, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aBooking, aBreakout, anEvent, hoursAhead } from '../support/journeys/plans.ts';
import { recordingOf } from '../support/journeys/recordings.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

let stage: StageDriver;
let harbour: AccountCast;
let rival: AccountCast;
let event: EventBody;
let breakout: BreakoutBody;

/** Given two accounts, of which one has booked a show for tomorrow. */
beforeAll(async () => {
  stage = await openStage();
  [harbour, rival] = await Promise.all([anAccount(stage), anAccount(stage, 'Rival Productions')]);
  event = await anEvent(harbour.producer);
  breakout = await aBreakout(harbour.producer, event.eventId, stage.pipelineIds[0], { startsAt: hoursAhead(24), endsAt: hoursAhead(25) });
});

afterAll(() => stage.close());

describe('when something is asked for that does not exist', () => {
  it.each([
    ['GET', '/accounts/acc_none', 'account-not-found'],
    ['GET', '/accounts/acc_none/usage', 'account-not-found'],
    ['GET', '/events/evt_none', 'event-not-found'],
    ['GET', '/events/evt_none/breakouts', 'event-not-found'],
    ['GET', '/events/evt_none/usage', 'event-not-found'],
    ['GET', '/breakouts/bko_none', 'breakout-not-found'],
    ['GET', '/breakouts/bko_none/usage', 'breakout-not-found'],
    ['GET', '/breakouts/bko_none/usage/lines', 'breakout-not-found'],
    ['GET', '/breakouts/bko_none/recordings', 'breakout-not-found'],
    ['GET', '/breakouts/bko_none/ingest', 'breakout-not-found'],
    ['POST', '/breakouts/bko_none/playback', 'breakout-not-found'],
    ['POST', '/breakouts/bko_none/start', 'breakout-not-found'],
    ['POST', '/breakouts/bko_none/stop', 'breakout-not-found'],
    ['GET', '/pipelines/pl_none', 'pipeline-not-found'],
    ['GET', '/price-books/none', 'price-book-not-found'],
    ['GET', '/breakouts/bko_none/usage/rerated?priceBook=none', 'breakout-not-found'],
    ['GET', '/no/such/path', 'no-such-operation'],
    ['DELETE', '/events/evt_none', 'no-such-operation'],
  ])('answers %s %s with 404 %s', async (method, path, code) => {
    expect(problemOf(await harbour.owner.send(method, path))).toMatchObject({ status: 404, code });
  });

  it.each(['breakout', 'event', 'account', 'pipeline'])('answers a %s id that is too long for any with 404', async (kind) => {
    expect(problemOf(await harbour.owner.get(`/${kind}s/${'x'.repeat(3000)}`))).toMatchObject({ status: 404, code: `${kind}-not-found` });
  });

  it('answers a booking in an unknown event with 404', async () => {
    expect(problemOf(await harbour.producer.post('/events/evt_none/breakouts', aBooking(stage.pipelineIds[0])))).toMatchObject({ status: 404, code: 'event-not-found' });
  });

  it('lists no recording that is yet to be', async () => {
    expect(await recordingOf(harbour.producer, breakout.breakoutId)).toBeUndefined();
  });
});

describe('when fields are missing or wrong', () => {
  const times = { startsAt: '2027-01-01T10:00:00Z', endsAt: '2027-01-01T12:00:00Z' };

  it.each([
    ['nothing', undefined, ['']],
    ['an empty object', {}, ['/name', '/startsAt', '/endsAt']],
    ['a list', [], ['']],
    ['an empty name', { ...times, name: '  ' }, ['/name']],
    ['a time without an offset', { ...times, name: 'A', endsAt: '2027-01-01T12:00:00' }, ['/endsAt']],
    ['an end before the start', { name: 'A', startsAt: times.endsAt, endsAt: times.startsAt }, ['/endsAt']],
    ['a field that nobody knows', { ...times, name: 'A', colour: 'red' }, ['/colour']],
    ['a wrong field within a field', { ...times, name: 'A', venue: { name: 'Hall', country: 'Switzerland' } }, ['/venue/country']],
  ])('answers an event of %s with 400 and the fields', async (_, body, fields) => {
    expect(problemOf(await harbour.producer.post('/events', body))).toMatchObject({ status: 400, fields });
  });

  it.each([
    ['an unknown pipeline', { pipelineId: 'pl_none' }, 'pipeline-not-bookable', ['/pipelineId']],
    ['a time outside the event', { startsAt: hoursAhead(95), endsAt: hoursAhead(97) }, 'outside-event', ['/endsAt']],
    ['a time that is over', { startsAt: hoursAhead(-0.9), endsAt: hoursAhead(-0.5) }, 'ends-in-the-past', ['/endsAt']],
    ['a number for its title', { title: 7 as never }, 'invalid-request', ['/title']],
  ])('answers a booking with %s with 400', async (_, wrong, code, fields) => {
    const answer = await harbour.producer.post(`/events/${event.eventId}/breakouts`, aBooking(stage.pipelineIds[0], wrong));

    expect(problemOf(answer)).toMatchObject({ status: 400, code, fields });
  });

  it('answers a change of nothing with 400', async () => {
    expect(problemOf(await harbour.producer.patch(`/events/${event.eventId}`, {}))).toMatchObject({ status: 400, code: 'invalid-request' });
  });

  it('answers an extension without an end with 400', async () => {
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/extend`, {}))).toMatchObject({ status: 400, fields: ['/endsAt'] });
  });

  it('answers a start that carries something with 400', async () => {
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`, { now: true }))).toMatchObject({ status: 400, fields: ['/now'] });
  });

  it('answers a member with two roles with 400', async () => {
    const members = [{ subject: 'ann', role: 'OWNER' }, { subject: 'ann', role: 'VIEWER' }];

    expect(problemOf(await (await operatorOf(stage)).post('/accounts', { name: 'Twice', members }))).toMatchObject({ status: 400, code: 'member-twice', fields: ['/members/1/subject'] });
  });

  it.each([
    ['/events?limit=0', ['limit']],
    ['/events?limit=many', ['limit']],
    ['/events?limit=101', ['limit']],
    ['/breakouts/{breakoutId}/usage?period=yesterday', ['period']],
    ['/breakouts/{breakoutId}/usage/lines?month=2026-13', ['month']],
    ['/breakouts/{breakoutId}/usage/rerated', ['priceBook']],
  ])('answers %s with 400', async (path, fields) => {
    expect(problemOf(await harbour.owner.get(path.replace('{breakoutId}', breakout.breakoutId)))).toMatchObject({ status: 400, code: 'invalid-request', fields });
  });
});

describe('when a body is no JSON, or too much', () => {
  const send = (text: string) => harbour.producer.send('POST', '/events', { text, headers: { 'content-type': 'application/json' } });

  it.each(['{"name": "A"', 'name=A', '{"name": "\u0000"}', '\ufeff{}'])('answers %j with 400', async (text) => {
    expect(problemOf(await send(text))).toMatchObject({ status: 400, code: 'malformed-json' });
  });

  it('answers more than 64 KiB with 400', async () => {
    expect(problemOf(await send(JSON.stringify({ name: 'x'.repeat(64 * 1024) })))).toMatchObject({ status: 400, code: 'body-too-large' });
  });

  it('answers more than the gateway takes with 413', async () => {
    expect(problemOf(await send('x'.repeat(10 * 1024 ** 2 + 1)))).toMatchObject({ status: 413, code: 'too-large' });
  });
});

describe('when the caller is nobody', () => {
  const tokenOfNobody = async (): Promise<string> => stage.signIn('passer-by');

  it('answers without a token with 401', async () => {
    expect(problemOf(await apiClient(stage.apiUrl).get('/events'))).toMatchObject({ status: 401, code: 'not-authenticated' });
  });

  it('answers a token that is none with 401', async () => {
    expect(problemOf(await apiClient(stage.apiUrl, 'letmein').get('/events'))).toMatchObject({ status: 401, code: 'not-authenticated' });
  });

  it('answers a token that was changed with 401', async () => {
    const [header, , signature] = harbour.producerToken.split('.');
    const claims = (await tokenOfNobody()).split('.')[1];

    expect(problemOf(await apiClient(stage.apiUrl, [header, claims, signature].join('.')).get('/events'))).toMatchObject({ status: 401, code: 'not-authenticated' });
  });

  it('answers another scheme with 401', async () => {
    const answer = await apiClient(stage.apiUrl).send('GET', '/events', { headers: { authorization: 'Basic YTpi' } });

    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'not-authenticated' });
  });

  it('answers a person without an account with 403', async () => {
    expect(problemOf(await apiClient(stage.apiUrl, await tokenOfNobody()).get('/events'))).toMatchObject({ status: 403, code: 'not-allowed' });
  });
});

describe('when the caller is of another account', () => {
  it.each(['', '/usage', '/usage/lines', '/recordings', '/ingest'])('answers as if there were no breakout: GET %s', async (part) => {
    const [foreign, unknown] = await Promise.all([rival.owner.get(`/breakouts/${breakout.breakoutId}${part}`), rival.owner.get(`/breakouts/bko_none${part}`)]);

    expect(problemOf(foreign)).toMatchObject({ status: 404, code: 'breakout-not-found' });
    expect(problemOf(foreign).detail?.replace(breakout.breakoutId, 'bko_none')).toBe(problemOf(unknown).detail);
  });

  it.each(['start', 'stop', 'playback'])('lets nobody %s a show of others', async (verb) => {
    expect(problemOf(await rival.owner.post(`/breakouts/${breakout.breakoutId}/${verb}`))).toMatchObject({ status: 404, code: 'breakout-not-found' });
  });

  it('shows neither account nor event', async () => {
    expect(problemOf(await rival.owner.get(`/accounts/${harbour.accountId}`))).toMatchObject({ status: 404, code: 'account-not-found' });
    expect(problemOf(await rival.owner.get(`/events/${event.eventId}`))).toMatchObject({ status: 404, code: 'event-not-found' });
    expect(problemOf(await rival.owner.patch(`/events/${event.eventId}`, { name: 'Mine' }))).toMatchObject({ status: 404, code: 'event-not-found' });
  });

  it('books nothing in the event of others', async () => {
    expect(problemOf(await rival.producer.post(`/events/${event.eventId}/breakouts`, aBooking(stage.pipelineIds[1])))).toMatchObject({ status: 404, code: 'event-not-found' });
  });

  it('tells the times of a booked pipeline, and not whose show it is', async () => {
    const own = await anEvent(rival.producer);
    const booking = aBooking(stage.pipelineIds[0], { startsAt: hoursAhead(24.5), endsAt: hoursAhead(26) });

    const { status, code, details } = problemOf(await rival.producer.post(`/events/${own.eventId}/breakouts`, booking));

    expect({ status, code }).toEqual({ status: 409, code: 'pipeline-booked' });
    expect(details).toMatchObject({ startsAt: breakout.startsAt, endsAt: breakout.endsAt });
    expect(details).not.toHaveProperty('breakoutId');
  });
});

describe('when the caller may not', () => {
  const refused = async (client: ApiClient, method: string, path: string, privilege: string): Promise<void> => {
    const problem = problemOf(await client.send(method, path, { text: method === 'GET' ? undefined! : '{}' }));
    expect(problem).toMatchObject({ status: 403, code: 'privilege-missing', details: { privilege } });
  };

  it('lets viewers neither start nor see stream names nor usage', async () => {
    await refused(harbour.viewer, 'POST', `/breakouts/${breakout.breakoutId}/start`, 'streaming:start');
    await refused(harbour.viewer, 'GET', `/breakouts/${breakout.breakoutId}/ingest`, 'ingest:view');
    await refused(harbour.viewer, 'GET', `/breakouts/${breakout.breakoutId}/usage`, 'usage:view');
  });

  it('lets finance read and no more', async () => {
    expect((await harbour.finance.get(`/breakouts/${breakout.breakoutId}/usage`)).status).toBe(200);
    await refused(harbour.finance, 'GET', `/breakouts/${breakout.breakoutId}/ingest`, 'ingest:view');
    await refused(harbour.finance, 'POST', `/events/${event.eventId}/breakouts`, 'breakouts:add');
  });

  it('lets no owner make accounts', async () => refused(harbour.owner, 'POST', '/accounts', 'accounts:add'));

  it('lets the operator see, and neither start nor feed', async () => {
    const operator = await operatorOf(stage);

    expect(bodyOf(await operator.get(`/accounts/${harbour.accountId}`), 200, accountBodySchema).name).toBe('Harbour Productions');
    await refused(operator, 'POST', `/breakouts/${breakout.breakoutId}/start`, 'streaming:start');
    await refused(operator, 'GET', `/breakouts/${breakout.breakoutId}/ingest`, 'ingest:view');
  });
});

describe('when a show has not been started', () => {
  it.each([
    ['stop', undefined, 'breakout-not-started'],
    ['extend', { endsAt: hoursAhead(26) }, 'breakout-not-running'],
  ])('answers %s with 409 and the state', async (verb, body, code) => {
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/${verb}`, body))).toMatchObject({ status: 409, code, details: { status: 'SCHEDULED' } });
  });
});
