import { spawnSync } from 'node:child_process';
import { distributionBodySchema } from '../../lambda/contract/api/distribution.ts';
import { ingestBodySchema, type BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { livePageSchema } from '../../lambda/contract/api/live.ts';
import { logPageSchema } from '../../lambda/contract/api/log.ts';
import { type Encoder, startEncoder } from '../../scripts/demo/encoder.ts';
import { type ApiClient, bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast, operatorOf } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aBreakout, anEvent, becomes } from '../support/journeys/plans.ts';
import { type ShowWatch, watchShow } from '../support/journeys/show-watch.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

let stage: StageDriver;
let harbour: AccountCast;
let breakout: BreakoutBody;
let operator: ApiClient;
let watch: ShowWatch;
const encoders: Encoder[] = [];

/** Codec, width and height of a picture that can be decoded. */
const sizeOfPicture = (picture: Buffer): string => {
  const { stdout, stderr } = spawnSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', '-'], { input: picture, encoding: 'utf8' });
  if (stderr !== '') throw new Error(`ffprobe cannot read the picture: ${stderr}`);
  return stdout.trim();
};

const liveOf = async (client: ApiClient) => bodyOf(await client.get('/live'), 200, livePageSchema).items;

/** Given a show on a pipeline with two inputs, that runs and has no encoder yet. */
beforeAll(async () => {
  stage = await openStage();
  harbour = await anAccount(stage);
  operator = await operatorOf(stage);
  const { eventId } = await anEvent(harbour.producer);
  breakout = await aBreakout(harbour.producer, eventId, stage.pipelineIds[0]);
  watch = watchShow(harbour.producer, breakout.breakoutId);
});

afterAll(async () => {
  await Promise.all(encoders.map((encoder) => encoder.stop()));
  await stage.close();
});

describe('before the start', () => {
  it('has a health without figures', async () => {
    expect(await watch.health()).toMatchObject({ status: 'SCHEDULED', channelState: null, verdict: { level: 'NOT_RUNNING' }, series: null, pipelines: [] });
    expect(await liveOf(harbour.producer)).toEqual([]);
  });

  it('has a distribution that is deployed, and whose origin keeps its secret', async () => {
    const distribution = bodyOf(await harbour.producer.get(`/pipelines/${breakout.pipelineId}/distribution?refresh=true`), 200, distributionBodySchema);

    expect(distribution).toMatchObject({ status: 'Deployed', isEnabled: true });
    expect(distribution.behaviours.length).toBeGreaterThan(0);
    expect(distribution.origins[0]?.host).not.toBe('');
  });

  it('lets nobody ask for the log of another account', async () => {
    const other = await anAccount(stage, 'Other Productions');

    expect(problemOf(await other.producer.get(`/breakouts/${breakout.breakoutId}/log`)).status).toBe(404);
    expect(problemOf(await operator.get('/log')).status).toBe(400);
  });
});

describe('when it runs', () => {
  it('says what to do while no encoder has come', async () => {
    await harbour.producer.post(`/breakouts/${breakout.breakoutId}/start`);
    await becomes(harbour.producer, breakout.breakoutId, 'RUNNING');

    const { verdict } = await watch.healthOnce('a verdict on missing encoders', ({ verdict: { level } }) => level === 'BAD');

    expect(verdict.nextStep).toContain('ingest');
  }, 120_000);

  it('tells that both encoders arrive', async () => {
    const { endpoints } = bodyOf(await harbour.producer.get(`/breakouts/${breakout.breakoutId}/ingest`), 200, ingestBodySchema);
    for (const { url } of endpoints) encoders.push(startEncoder({ urls: [url], height: 240 }));

    const now = await watch.healthOnce('both encoders', ({ inputs, pipelines }) => inputs.every(({ arriving }) => arriving === 'YES') && pipelines[0]?.inputFramesPerSecond !== null);

    expect(now.inputs).toHaveLength(2);
    expect(now.series?.items.some(({ figure, values }) => figure === 'inputFramesPerSecond' && values.some((value) => value !== null && value > 0))).toBe(true);
    expect(now.pipelines[0]).toMatchObject({ pipeline: '0' });
  }, 120_000);

  it('shows a picture of what it sends', async () => {
    const { pipelines: [pipeline] } = await watch.healthOnce('a picture', ({ pipelines: [one] }) => one?.thumbnail != null);
    const { contentType, dataUrl, ageSeconds } = pipeline!.thumbnail!;

    expect(contentType).toBe('image/jpeg');
    expect(ageSeconds).toBeLessThan(30);
    expect(sizeOfPicture(Buffer.from(dataUrl.replace(/^.*,/, ''), 'base64'))).toMatch(/^mjpeg,\d{3},\d{3}$/);
  });

  it('is among what runs, for its account and the operator', async () => {
    expect(await liveOf(harbour.producer)).toMatchObject([{ breakoutId: breakout.breakoutId, status: 'RUNNING', activeInputs: [{ pipeline: '0' }] }]);
    expect((await liveOf(operator)).map(({ breakoutId }) => breakoutId)).toContain(breakout.breakoutId);
  });

  it('tells and logs a failover when the first encoder goes', async () => {
    await encoders[0]!.stop();

    const entries = await watch.loggedOnce('INPUT FAILED_OVER backup');
    const { verdict } = await watch.healthOnce('a warning', ({ verdict: { level } }) => level === 'WARNING');

    expect(entries).toContain('RECORDING STARTED');
    expect(await watch.loggedOnce('INPUT LOST primary')).toContain('QUALITY DEGRADED');
    expect(verdict.reasons.join()).toContain('backup');
  }, 120_000);
});

describe('when it has stopped', () => {
  it('has a log from its start to its end, in order', async () => {
    await harbour.producer.post(`/breakouts/${breakout.breakoutId}/stop`);
    await becomes(harbour.producer, breakout.breakoutId, 'COMPLETED');
    await watch.loggedOnce('RECORDING STOPPED');

    expect(await watch.logged('&type=SHOW')).toEqual(['SHOW START_REQUESTED', 'SHOW STARTED', 'SHOW STOP_REQUESTED', 'SHOW STOPPED']);
    expect(await watch.logged('&type=RECORDING')).toEqual(['RECORDING STARTED', 'RECORDING STOPPED']);
    expect(bodyOf(await harbour.producer.get('/log?limit=100'), 200, logPageSchema).items.length).toBe((await watch.logged()).length);
  }, 120_000);

  it('gives its log in pages, by time and by name', async () => {
    const entries = await watch.entries();
    const pageOf = async (query: string) => bodyOf(await harbour.producer.get(`/breakouts/${breakout.breakoutId}/log?${query}`), 200, logPageSchema);

    const first = await pageOf('limit=3');
    const rest = await pageOf(`limit=100&cursor=${encodeURIComponent(first.nextCursor!)}`);
    const { at } = entries[3]!;

    expect([...first.items, ...rest.items]).toEqual(entries);
    expect(entries.map((entry) => entry.at).toSorted()).toEqual(entries.map((entry) => entry.at));
    expect((await pageOf(`limit=100&from=${at}`)).items).toEqual(entries.filter((entry) => entry.at >= at));
    expect((await pageOf(`limit=100&to=${at}`)).items).toEqual(entries.filter((entry) => entry.at < at));
    expect((await pageOf('limit=100&name=FAILED_OVER')).items.map(({ input }) => input)).toEqual(['backup']);
  });

  it('keeps its health as it ended', async () => {
    expect(await watch.health()).toMatchObject({ status: 'COMPLETED', verdict: { level: 'NOT_RUNNING' } });
    expect(await liveOf(harbour.producer)).toEqual([]);
  });
});
