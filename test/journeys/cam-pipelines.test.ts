import { IvsClient, ListChannelsCommand, ListStreamSessionsCommand } from '@aws-sdk/client-ivs';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { ingestBodySchema } from '../../lambda/contract/api/breakouts.ts';
import { healthBodySchema, type HealthBody } from '../../lambda/contract/api/health.ts';
import { livePageSchema } from '../../lambda/contract/api/live.ts';
import { logPageSchema } from '../../lambda/contract/api/log.ts';
import { pipelinePageSchema } from '../../lambda/contract/api/pipelines.ts';
import { startEncoder, type Encoder } from '../../scripts/demo/encoder.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShortTail } from '../support/journeys/pipelines.ts';
import { aBreakout, anEvent, answerOnce, becomes, ingestUrlsOf } from '../support/journeys/plans.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { pushTestCard, type TestCard } from '../support/media/test-card.ts';

/** Given a Pro show and a Cam show of one account that are on at once. */
describe('a Cam show beside a Pro show', () => {
  let stage: StageDriver;
  let harbour: AccountCast;
  let ivs: IvsClient;
  let cam: BreakoutBody;
  let pro: BreakoutBody;
  let proEncoder: Encoder;
  let camEncoder: TestCard;
  let before: readonly { readonly streamKey?: string }[];

  const endpointsOf = async (breakoutId: string) => bodyOf(await harbour.producer.get(`/breakouts/${breakoutId}/ingest`), 200, ingestBodySchema).endpoints;
  const healthOf = async (breakoutId: string): Promise<HealthBody> => bodyOf(await harbour.producer.get(`/breakouts/${breakoutId}/health`), 200, healthBodySchema);
  const logOf = async (breakoutId: string) =>
    bodyOf(await harbour.producer.get(`/breakouts/${breakoutId}/log?limit=100`), 200, logPageSchema).items.map(({ type, name }) => `${type} ${name}`);
  const sessionsOf = async () => {
    const { channels = [] } = await ivs.send(new ListChannelsCommand({ filterByName: `${stage.name}-pl_cam` }));
    return (await ivs.send(new ListStreamSessionsCommand({ channelArn: channels[0]!.arn! }))).streamSessions ?? [];
  };

  beforeAll(async () => {
    stage = await openStage({ pipelines: [aShortTail('pl_pro'), aShortTail('pl_spare')], cam: { pipelines: [{ id: 'pl_cam', name: 'Camera', type: 'BASIC', playback: 'PUBLIC' }] } });
    harbour = await anAccount(stage);
    ivs = new IvsClient({ ...stage.aws });
    const { eventId } = await anEvent(harbour.producer);
    cam = await aBreakout(harbour.producer, eventId, 'pl_cam');
    pro = await aBreakout(harbour.producer, eventId, 'pl_pro');
    before = await endpointsOf(cam.breakoutId);
    for (const { breakoutId } of [cam, pro]) await harbour.producer.post(`/breakouts/${breakoutId}/start`);
    await Promise.all([cam, pro].map(({ breakoutId }) => becomes(harbour.producer, breakoutId, 'RUNNING')));
    camEncoder = pushTestCard((await ingestUrlsOf(harbour.producer, cam.breakoutId))[0]!, 120);
    proEncoder = startEncoder({ urls: await ingestUrlsOf(harbour.producer, pro.breakoutId), height: 240 });
  });

  afterAll(async () => {
    camEncoder.stop();
    await proEncoder.stop();
    ivs.destroy();
    await stage.close();
  });

  it('lists the pipeline by its kind', async () => {
    const { items } = bodyOf(await harbour.producer.get('/pipelines'), 200, pipelinePageSchema);

    expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ pipelineId: 'pl_cam', kind: 'CAM', channelType: 'BASIC', isPrivate: false }), expect.objectContaining({ pipelineId: 'pl_pro', kind: 'PRO' })]));
  });

  it('has a stream key from its start on, and not before', async () => {
    const [endpoint] = await endpointsOf(cam.breakoutId);

    expect(before).toMatchObject([{ protocol: 'RTMPS', note: expect.any(String) }]);
    expect(before[0]).not.toHaveProperty('streamKey');
    expect(endpoint).toMatchObject({ input: 'camera', streamKey: expect.stringMatching(/^sk_/), url: expect.stringMatching(/^rtmps:\/\/.+\/app\/sk_/) });
  });

  it('is live with its stream, beside the other', async () => {
    const health = await answerOnce('the stream', 60, async () => {
      const found = await healthOf(cam.breakoutId);
      return typeof found.stream?.framesPerSecond === 'number' ? found : undefined;
    });
    const live = bodyOf(await harbour.producer.get('/live'), 200, livePageSchema).items;

    expect(health).toMatchObject({ verdict: { level: 'GOOD' }, stream: { state: 'HEALTHY' }, inputs: [{ name: 'camera', arriving: 'YES' }], pipelines: [] });
    expect(live.map(({ pipelineId, status }) => `${pipelineId} ${status}`).sort()).toEqual(['pl_cam RUNNING', 'pl_pro RUNNING']);
    expect(live.find(({ pipelineId }) => pipelineId === 'pl_cam')).toMatchObject({ inputs: [{ name: 'camera', state: 'ARRIVING' }], isDegraded: false });
  });

  it('is taken over by another encoder that has a higher priority', async () => {
    const url = (await ingestUrlsOf(harbour.producer, cam.breakoutId))[0]!;
    const second = pushTestCard(`${url}?priority=2`, 60);
    await answerOnce('the takeover', 30, async () => ((await logOf(cam.breakoutId)).includes('INPUT SWITCHED') ? true : undefined));
    camEncoder = second;

    expect((await logOf(cam.breakoutId)).filter((entry) => entry === 'INPUT ACQUIRED')).toHaveLength(1);
  });

  it('refuses what is a Pro pipeline\'s alone, with the reason', async () => {
    const { producer } = harbour;
    const refusals = [
      await producer.post(`/breakouts/${cam.breakoutId}/switch-input`, { input: 'camera' }),
      await producer.post(`/breakouts/${cam.breakoutId}/change-pipeline`, { pipelineId: 'pl_pro' }),
      await producer.get('/pipelines/pl_cam/distribution'),
    ];

    expect(refusals.map(problemOf).map(({ status, code }) => `${status} ${code}`)).toEqual(['409 input-not-switchable', '409 pipeline-booked', '409 pipeline-kind-not-supported']);
  });

  it('stops with its stream ended and its stream key void', async () => {
    const [url] = await ingestUrlsOf(harbour.producer, cam.breakoutId);
    for (const { breakoutId } of [cam, pro]) await harbour.producer.post(`/breakouts/${breakoutId}/stop`);
    await Promise.all([cam, pro].map(({ breakoutId }) => becomes(harbour.producer, breakoutId, 'COMPLETED')));
    const refused = await pushTestCard(url!, 3).exit;
    const sessions = await sessionsOf();

    expect(refused).not.toBe(0);
    expect(sessions).toMatchObject([{ endTime: expect.any(Date) }]);
    expect(await logOf(cam.breakoutId)).toEqual(expect.arrayContaining(['SHOW STARTED', 'INPUT ACQUIRED', 'RECORDING STARTED', 'SHOW STOPPED']));
    expect(problemOf(await harbour.producer.get(`/breakouts/${cam.breakoutId}/ingest`))).toMatchObject({ status: 409, code: 'breakout-over' });
  });
});
