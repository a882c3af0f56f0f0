import { randomUUID } from 'node:crypto';
import { breakoutBodySchema, type BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { eventBodySchema, eventPageSchema, type EventBody } from '../../lambda/contract/api/events.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aBooking, aBreakout, anEvent, breakoutNow, hoursAhead } from '../support/journeys/plans.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

let stage: StageDriver;
let harbour: AccountCast;

beforeAll(async () => {
  stage = await openStage();
  harbour = await anAccount(stage);
});

afterAll(() => stage.close());

const eventBody = { name: 'Once only', startsAt: '2027-01-01T10:00:00.000Z', endsAt: '2027-01-01T12:00:00.000Z' };

const eventsNamed = async (name: string, { owner } = harbour): Promise<EventBody[]> => {
  const { items } = bodyOf(await owner.get('/events?limit=100'), 200, eventPageSchema);
  return items.filter((event) => event.name === name);
};

describe('given a client that asks again with the same Idempotency-Key', () => {
  it('answers as the first time, and does it once', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { ...eventBody, name: `Asked twice ${key['idempotency-key']}` };

    const first = await harbour.producer.post('/events', body, key);
    const second = await harbour.producer.post('/events', body, key);

    expect([first.status, second.status]).toEqual([201, 201]);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    expect([second.text, second.headers.get('etag')]).toEqual([first.text, first.headers.get('etag')]);
    expect(await eventsNamed(body.name)).toHaveLength(1);
  });

  it('does it once when asked many times at once', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { ...eventBody, name: `Asked at once ${key['idempotency-key']}` };

    const answers = await Promise.all(Array.from({ length: 5 }, () => harbour.producer.post('/events', body, key)));

    const created = answers.filter(({ status }) => status === 201);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    for (const answer of answers.filter((one) => !created.includes(one))) expect(problemOf(answer)).toMatchObject({ status: 409, code: 'request-in-progress' });
    expect(await eventsNamed(body.name)).toHaveLength(1);
  });

  it('refuses the key for another request', async () => {
    const key = { 'idempotency-key': randomUUID() };
    await harbour.producer.post('/events', eventBody, key);

    expect(problemOf(await harbour.producer.post('/events', { ...eventBody, name: 'Another' }, key))).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    expect(await eventsNamed('Another')).toEqual([]);
  });

  it('lets a refused request be made again, mended', async () => {
    const key = { 'idempotency-key': randomUUID() };

    expect(problemOf(await harbour.producer.post('/events', { ...eventBody, endsAt: eventBody.startsAt }, key))).toMatchObject({ status: 400 });

    expect((await harbour.producer.post('/events', eventBody, key)).status).toBe(201);
  });

  it('keeps the keys of accounts apart', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const rival = await anAccount(stage, 'Rival Productions');
    const name = `Of two accounts ${key['idempotency-key']}`;

    await harbour.producer.post('/events', { ...eventBody, name }, key);

    expect((await rival.producer.post('/events', { ...eventBody, name }, key)).headers.get('idempotency-replayed')).toBeNull();
    expect(await eventsNamed(name, rival)).toHaveLength(1);
  });

  it('refuses a key that is none', async () => {
    expect(problemOf(await harbour.producer.post('/events', eventBody, { 'idempotency-key': 'k'.repeat(201) }))).toMatchObject({ status: 400, code: 'invalid-idempotency-key', fields: ['Idempotency-Key'] });
  });
});

describe('given two people who change the same thing', () => {
  let breakout: BreakoutBody;

  const change = (title: string, etag: string) => harbour.producer.patch(`/breakouts/${breakout.breakoutId}`, { title }, { 'if-match': etag });

  beforeAll(async () => {
    const { eventId } = await anEvent(harbour.producer);
    breakout = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0], { startsAt: hoursAhead(24), endsAt: hoursAhead(25) });
  });

  it('lets the first change through and refuses the second', async () => {
    const etag = (await harbour.producer.get(`/breakouts/${breakout.breakoutId}`)).headers.get('etag')!;

    const first = await change('First', etag);
    const second = await change('Second', etag);

    expect(bodyOf(first, 200, breakoutBodySchema).title).toBe('First');
    expect(problemOf(second)).toMatchObject({ status: 412, code: 'revision-mismatch' });
    expect((await change('Second', first.headers.get('etag')!)).status).toBe(200);
  });

  it('lets exactly one of many at once through', async () => {
    const etag = (await harbour.producer.get(`/breakouts/${breakout.breakoutId}`)).headers.get('etag')!;

    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((title) => change(title, etag)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412]);
  });

  it('refuses an If-Match that is no ETag', async () => {
    expect(problemOf(await change('Third', 'nine'))).toMatchObject({ status: 400, code: 'invalid-if-match', fields: ['If-Match'] });
  });
});

describe('given two who want the same pipeline', () => {
  it('books it for one of many who ask at once', async () => {
    const { eventId } = await anEvent(harbour.producer);
    const booking = aBooking(stage.pipelineIds[1], { startsAt: hoursAhead(48), endsAt: hoursAhead(49) });

    const answers = await Promise.all(Array.from({ length: 4 }, () => harbour.producer.post(`/events/${eventId}/breakouts`, booking)));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) expect(problemOf(answer)).toMatchObject({ status: 409, code: 'pipeline-booked' });
  });

  it('frees the time of a show that was moved', async () => {
    const { eventId } = await anEvent(harbour.producer);
    const times = { startsAt: hoursAhead(60), endsAt: hoursAhead(61) };
    const moved = await aBreakout(harbour.producer, eventId, stage.pipelineIds[1], times);

    await harbour.producer.patch(`/breakouts/${moved.breakoutId}`, { startsAt: hoursAhead(70), endsAt: hoursAhead(71) });

    const next = await aBreakout(harbour.producer, eventId, stage.pipelineIds[1], times);
    expect((await breakoutNow(harbour.producer, next.breakoutId)).status).toBe('SCHEDULED');
  });
});

describe('given a list that is longer than a page', () => {
  it('gives every item once, in order, page by page', async () => {
    const { producer } = await anAccount(stage, 'Many Events');
    const created: string[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      created.push(bodyOf(await producer.post('/events', { ...eventBody, name: `Day ${number}` }), 201, eventBodySchema).eventId);
    }

    const pages: string[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: ReturnType<typeof eventPageSchema.parse> = bodyOf(await producer.get(`/events?limit=2${cursor && `&cursor=${cursor}`}`), 200, eventPageSchema);
      pages.push(page.items.map(({ eventId }) => eventId));
      cursor = page.nextCursor;
    }

    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(created);
  });

  it.each(['broken', 'eyJ2IjoyLCJhZnRlciI6IngifQ', 'W10'])('refuses the cursor %s', async (cursor) => {
    expect(problemOf(await harbour.owner.get(`/events?cursor=${cursor}`))).toMatchObject({ status: 400, code: 'invalid-cursor', fields: ['cursor'] });
  });
});
