import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { nanoUsd } from '../support/journeys/nano-usd.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aBreakout, anEvent, becomes, breakoutNow, hoursAhead, usageOnce } from '../support/journeys/plans.ts';
import { recordingOf } from '../support/journeys/recordings.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

let stage: StageDriver;
let harbour: AccountCast;
let eventId: string;

beforeAll(async () => {
  stage = await openStage();
  harbour = await anAccount(stage);
  ({ eventId } = await anEvent(harbour.producer));
});

afterAll(() => stage.close());

const recordingStatus = async ({ breakoutId }: BreakoutBody): Promise<string | undefined> => (await recordingOf(harbour.producer, breakoutId))?.status;

const isBooked = ({ status, categories: { streaming } }: { status: string; categories: { streaming: unknown } }): boolean => status === 'PROVISIONAL' && streaming !== null;

describe('given people who are in a hurry', () => {
  let breakout: BreakoutBody;

  beforeAll(async () => {
    breakout = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0]);
  });

  it('starts a show for exactly one of many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`)));

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 202)) {
      expect(problemOf(answer)).toMatchObject({ status: 409, code: 'breakout-not-scheduled', details: { status: 'STARTING' } });
    }
  });

  it('takes a stop while the show is starting', async () => {
    const answers = await Promise.all([harbour.producer, harbour.owner].map((client) => client.post(`/breakouts/${breakout.breakoutId}/stop`)));
    const { status, stopRequestedAt } = await breakoutNow(harbour.producer, breakout.breakoutId);

    expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
    expect(status).toBe('STARTING');
    expect(stopRequestedAt).toBeDefined();
  });

  it('changes nothing of a show that has started', async () => {
    expect(problemOf(await harbour.producer.patch(`/breakouts/${breakout.breakoutId}`, { title: 'Late' }))).toMatchObject({ status: 409, code: 'breakout-not-scheduled' });
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/extend`, { endsAt: hoursAhead(2) }))).toMatchObject({ status: 409, code: 'breakout-not-running' });
  });

  it('completes the show once its channel has run', async () => {
    const { stopReason, stoppedAt, failure } = await becomes(harbour.producer, breakout.breakoutId, 'COMPLETED');

    expect({ stopReason, failure }).toEqual({ stopReason: 'REQUESTED', failure: undefined });
    expect(stoppedAt).toBeDefined();
  });

  it('bills what the channel ran', async () => {
    const { categories } = await usageOnce(harbour.producer, breakout.breakoutId, isBooked);

    expect(Number(categories.streaming!.runMilliseconds)).toBeGreaterThan(0);
    expect(Number(categories.streaming!.usd)).toBeGreaterThan(0);
  });

  it('holds the pipeline until its last viewers have seen the end', async () => {
    const next = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0], { startsAt: hoursAhead(1.2), endsAt: hoursAhead(1.5) });

    expect(problemOf(await harbour.producer.post(`/breakouts/${next.breakoutId}/start`))).toMatchObject({ status: 409, code: 'pipeline-held', details: { breakoutId: breakout.breakoutId } });
  });
});

describe('given an encoder that never connects', () => {
  let breakout: BreakoutBody;
  let next: BreakoutBody;

  beforeAll(async () => {
    breakout = await aBreakout(harbour.producer, eventId, stage.pipelineIds[1], { wantsMp4: true });
    next = await aBreakout(harbour.producer, eventId, stage.pipelineIds[1], { startsAt: hoursAhead(3), endsAt: hoursAhead(4) });
    await harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`);
    await becomes(harbour.producer, breakout.breakoutId, 'RUNNING');
  });

  it('extends the show, and asking again changes nothing', async () => {
    const endsAt = hoursAhead(2);

    const answers = [];
    for (let times = 0; times < 2; times += 1) answers.push(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/extend`, { endsAt }));

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[1]!.text).toBe(answers[0]!.text);
    const { endsAt: now, hardStopAt } = await breakoutNow(harbour.producer, breakout.breakoutId);
    expect(now).toBe(endsAt);
    expect(Date.parse(hardStopAt!)).toBeGreaterThan(Date.parse(endsAt));
  });

  it('refuses to extend it into the next show', async () => {
    const problem = problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/extend`, { endsAt: hoursAhead(3.5) }));

    expect(problem).toMatchObject({ status: 409, code: 'pipeline-booked', details: { breakoutId: next.breakoutId, startsAt: next.startsAt, endsAt: next.endsAt } });
  });

  it('refuses to extend it to an earlier end', async () => {
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/extend`, { endsAt: hoursAhead(0.5) }))).toMatchObject({ status: 400, code: 'ends-earlier', fields: ['/endsAt'] });
  });

  it('stops it when asked, and asking again changes nothing', async () => {
    const first = await harbour.producer.post(`/breakouts/${breakout.breakoutId}/stop`);
    const { stopRequestedAt } = await breakoutNow(harbour.producer, breakout.breakoutId);
    const second = await harbour.producer.post(`/breakouts/${breakout.breakoutId}/stop`);

    expect([first.status, second.status]).toEqual([202, 202]);
    const completed = await becomes(harbour.producer, breakout.breakoutId, 'COMPLETED');
    expect(completed.stopRequestedAt).toBe(stopRequestedAt);
  });

  it('answers a stop after the end as it is, and runs it no second time', async () => {
    const { updatedAt } = await breakoutNow(harbour.producer, breakout.breakoutId);

    expect((await harbour.producer.post(`/breakouts/${breakout.breakoutId}/stop`)).status).toBe(202);

    expect((await breakoutNow(harbour.producer, breakout.breakoutId)).updatedAt).toBe(updatedAt);
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`))).toMatchObject({ status: 409, code: 'breakout-not-scheduled', details: { status: 'COMPLETED' } });
  });

  it('gives neither stream names nor viewers\' URLs any more', async () => {
    expect(problemOf(await harbour.producer.get(`/breakouts/${breakout.breakoutId}/ingest`))).toMatchObject({ status: 409, code: 'breakout-over' });
    expect(problemOf(await harbour.producer.post(`/breakouts/${breakout.breakoutId}/playback`))).toMatchObject({ status: 409, code: 'breakout-over' });
  });

  it('bills the channel and what it made of no input, and nothing that was not there', async () => {
    const { categories, totalUsd, unpriced } = await usageOnce(harbour.producer, breakout.breakoutId, isBooked);

    expect(Number(categories.streaming!.runMilliseconds)).toBeGreaterThan(0);
    expect(Number(categories.delivery?.bytes ?? 0)).toBe(0);
    expect(Object.values(categories).reduce((sum, category) => sum + nanoUsd(category?.usd ?? '0'), 0n)).toBe(nanoUsd(totalUsd));
    expect(unpriced).toEqual([]);
  });

  // A channel without an input sends black pictures after a moment: whether the stop comes before is the machine's affair.
  it('has a recording of black pictures where the channel archived any, and none else', async () => {
    const { categories } = await usageOnce(harbour.producer, breakout.breakoutId, isBooked);

    expect((await recordingStatus(breakout)) === 'NONE').toBe(Number(categories.storage?.usd ?? 0) === 0);
  });
});
