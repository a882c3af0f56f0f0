import { IvsClient } from '@aws-sdk/client-ivs';
import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { playbackBodySchema, previewBodySchema, revokedPreviewsSchema } from '../../lambda/contract/api/playback.ts';
import { recordingPlaybackSchema } from '../../lambda/contract/api/recordings.ts';
import { breakoutUsageSchema } from '../../lambda/contract/api/usage.ts';
import { pipelinePageSchema } from '../../lambda/contract/api/pipelines.ts';
import { startEncoder, type Encoder } from '../../scripts/demo/encoder.ts';
import { bodyOf, problemOf } from '../support/journeys/api-client.ts';
import { measureFinally, putUntold, readOverheads } from '../support/journeys/books.ts';
import { cameraRunsOnce, channelArnOf, endpointsOf, entriesWithAlerts, finishedRecording, healthOf, healthWithFrames, logOf, sessionsOf, streamUrlOf, tagsOnChannelAndKey, usageThatSums } from '../support/journeys/cam-show.ts';
import { openCamStage, streamAmiss } from '../support/journeys/cam-streams.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { playbackKeys } from '../support/ivs/playback-tokens.ts';
import { aBreakout, anEvent, answerOnce, becomes, ingestUrlsOf, usageOnce } from '../support/journeys/plans.ts';
import { keepOut, recordingOf, recordingsBucketOf } from '../support/journeys/recordings.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { readWrittenDown } from '../support/journeys/written-down.ts';
import { playlistsIn } from '../support/media/published-streams.ts';
import { pushTestCard, type TestCard } from '../support/media/test-card.ts';

const keys = playbackKeys();

/** Given a Pro show and a Cam show of one account that are on at once, and a Cam show of another account that goes amiss. */
describe('a Cam show beside a Pro show', () => {
  let stage: StageDriver;
  let harbour: AccountCast;
  let ivs: IvsClient;
  let cam: BreakoutBody;
  let pro: BreakoutBody;
  let proEncoder: Encoder;
  let camEncoder: TestCard;
  let before: readonly { readonly streamKey?: string }[];
  let rival: AccountCast;
  let amiss: BreakoutBody;
  let mishaps: Promise<readonly (number | null)[]>;

  beforeAll(async () => {
    stage = await openCamStage(keys);
    [harbour, rival] = [await anAccount(stage), await anAccount(stage)];
    ivs = new IvsClient({ ...stage.aws });
    const { eventId } = await anEvent(harbour.producer);
    cam = await aBreakout(harbour.producer, eventId, 'pl_cam', { wantsMp4: true });
    pro = await aBreakout(harbour.producer, eventId, 'pl_pro');
    before = await endpointsOf(harbour.producer, cam.breakoutId);
    amiss = await aBreakout(rival.producer, (await anEvent(rival.producer)).eventId, 'pl_amiss', { wantsMp4: true });
    await keepOut(stage, await recordingsBucketOf(stage), `ivs/v1/${(await channelArnOf(ivs, stage, 'pl_amiss')).split(':').slice(4).join('/').replace('channel/', '')}/`);
    for (const { breakoutId } of [cam, pro]) await harbour.producer.post(`/breakouts/${breakoutId}/start`);
    await rival.producer.post(`/breakouts/${amiss.breakoutId}/start`);
    await Promise.all([...[cam, pro].map(({ breakoutId }) => becomes(harbour.producer, breakoutId, 'RUNNING')), becomes(rival.producer, amiss.breakoutId, 'RUNNING')]);
    mishaps = streamAmiss((await ingestUrlsOf(rival.producer, amiss.breakoutId))[0]!);
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

    expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ pipelineId: 'pl_cam', kind: 'CAM', channelType: 'BASIC', isPrivate: true }), expect.objectContaining({ pipelineId: 'pl_pro', kind: 'PRO' })]));
  });

  it('has a stream key from its start on, and not before', async () => {
    const [endpoint] = await endpointsOf(harbour.producer, cam.breakoutId);

    expect(before).toMatchObject([{ protocol: 'RTMPS', note: expect.any(String) }]);
    expect(before[0]).not.toHaveProperty('streamKey');
    expect(endpoint).toMatchObject({ input: 'camera', streamKey: expect.stringMatching(/^sk_/), url: expect.stringMatching(/^rtmps:\/\/.+\/app\/sk_/) });
  });

  it('has its pipeline\'s tags on the stream key, but for those that CloudFormation alone gives', async () => {
    const [ofChannel, ofKey] = await tagsOnChannelAndKey(ivs, await channelArnOf(ivs, stage, 'pl_cam'));
    const tags = { 'visionstream:pipeline': 'pl_cam', 'visionstream:stage': stage.name };

    expect(ofChannel).toMatchObject({ ...tags, 'aws:cloudformation:logical-id': expect.any(String) });
    expect(ofKey).toEqual(tags);
  });

  it('is live with its stream, beside the other', async () => {
    const health = await healthWithFrames(harbour.producer, cam.breakoutId);
    // Health asks IVS itself; what runs now goes by the log, which its events wake.
    const live = await cameraRunsOnce(harbour.producer);

    expect(health).toMatchObject({ verdict: { level: 'GOOD' }, stream: { state: 'HEALTHY' }, inputs: [{ name: 'camera', arriving: 'YES' }], pipelines: [] });
    expect(live.map(({ pipelineId, status }) => `${pipelineId} ${status}`).sort()).toEqual(['pl_cam RUNNING', 'pl_pro RUNNING']);
    expect(live.find(({ pipelineId }) => pipelineId === 'pl_cam')).toMatchObject({ inputs: [{ name: 'camera', state: 'ARRIVING' }], isDegraded: false });
  });

  it('is taken over by another encoder that has a higher priority', async () => {
    const url = (await ingestUrlsOf(harbour.producer, cam.breakoutId))[0]!;
    const second = pushTestCard(`${url}?priority=2`, 60);
    await answerOnce('the takeover', 30, async () => ((await logOf(harbour.producer, cam.breakoutId)).includes('INPUT SWITCHED') ? true : undefined));
    camEncoder = second;
    const refused = await pushTestCard(`${url}?priority=2`, 3).exit;
    await answerOnce('the refusal', 30, async () => ((await logOf(harbour.producer, cam.breakoutId)).includes('INPUT REFUSED') ? true : undefined));

    expect(refused).not.toBe(0);
    expect((await logOf(harbour.producer, cam.breakoutId)).filter((entry) => entry === 'INPUT ACQUIRED')).toHaveLength(1);
  });

  it('is watched with a token, which ends for all when the curtain falls, and not for who looks behind it', async () => {
    const { producer, viewer } = harbour;
    const playback = async () => bodyOf(await viewer.post(`/breakouts/${cam.breakoutId}/playback`), 201, playbackBodySchema);
    const watched = await playback();
    const [playlist] = await playlistsIn(watched.endpoints[0]!.url);
    const segment = (await (await fetch(playlist!)).text()).split('\n').find((line) => line.startsWith('/v1/segment'))!;
    const bytes = (await (await fetch(new URL(segment, playlist))).arrayBuffer()).byteLength;
    const preview = bodyOf(await producer.post(`/breakouts/${cam.breakoutId}/preview`), 201, previewBodySchema);

    await producer.put(`/breakouts/${cam.breakoutId}/curtain`, { state: 'DOWN' });

    expect([watched.kind, bytes > 0, (await fetch(playlist!)).status, (await fetch(preview.endpoints[0]!.url)).status]).toEqual(['CAM', true, 403, 200]);
    expect(problemOf(await viewer.post(`/breakouts/${cam.breakoutId}/playback`))).toMatchObject({ status: 409, code: 'curtain-down' });
    await producer.put(`/breakouts/${cam.breakoutId}/curtain`, { state: 'UP' });
    const again = (await playback()).endpoints[0]!.url;
    bodyOf(await producer.delete(`/breakouts/${cam.breakoutId}/preview`), 200, revokedPreviewsSchema);
    expect([(await fetch(preview.endpoints[0]!.url)).status, (await fetch(again)).status]).toEqual([403, 200]);
  });

  it('is not opened by a token of another show', async () => {
    const [own, other] = [await streamUrlOf(harbour.viewer, cam.breakoutId), await streamUrlOf(rival.viewer, amiss.breakoutId)];
    const swapped = new URL(own);
    swapped.searchParams.set('token', other.searchParams.get('token')!);
    const refused = await fetch(swapped);

    expect([(await fetch(own)).status, refused.status]).toEqual([200, 403]);
    expect(await refused.json()).toMatchObject([{ error_code: 'invalid_playback_auth_token' }]);
  });

  it('says of streams that IVS does not take what was wrong, while the show goes on', async () => {
    const { producer } = rival;
    const exits = await mishaps;
    const entries = await entriesWithAlerts(producer, amiss.breakoutId, ['IVS bitrate', 'IVS resolution']);
    const told = (wanted: string) => entries.filter(({ type, name, alertType = '' }) => `${type} ${name} ${alertType}`.trim() === wanted).map(({ message }) => message);
    const health = await healthOf(producer, amiss.breakoutId);

    expect(exits.every((status) => status !== 0)).toBe(true);
    expect(await sessionsOf(ivs, stage, 'pl_amiss')).toHaveLength(2);
    expect(told('ALERT SET IVS resolution')).toEqual([expect.stringContaining('128 pixels per edge above 1920')]);
    expect(told('ALERT SET IVS bitrate')).toEqual([expect.stringContaining('bits per second above 1500000')]);
    expect(told('RECORDING FAILED')).toEqual([expect.stringContaining('AccessDenied')]);
    expect(health).toMatchObject({ status: 'RUNNING', verdict: { level: 'BAD', reasons: ['the stream has ended', expect.stringContaining('more bits a second')], nextStep: expect.stringContaining('bit rate') }, stream: null });
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

  it('is recorded anew when its encoder comes back after the reconnect window', async () => {
    const [url] = await ingestUrlsOf(harbour.producer, cam.breakoutId);
    const recordings = async (name: string) => (await logOf(harbour.producer, cam.breakoutId)).filter((entry) => entry === `RECORDING ${name}`).length;
    camEncoder.stop();
    await answerOnce('the end of the first recording', 30, async () => ((await recordings('STOPPED')) === 1 ? true : undefined));
    camEncoder = pushTestCard(url!, 60);
    await answerOnce('the next recording', 30, async () => ((await recordings('STARTED')) === 2 ? true : undefined));

    expect(await sessionsOf(ivs, stage, 'pl_cam')).toHaveLength(2);
  });

  it('stops with its stream ended and its stream key void, which stands in no table, execution or log', async () => {
    const [url] = await ingestUrlsOf(harbour.producer, cam.breakoutId);
    await rival.producer.post(`/breakouts/${amiss.breakoutId}/stop`);
    for (const { breakoutId } of [cam, pro]) await harbour.producer.post(`/breakouts/${breakoutId}/stop`);
    await Promise.all([cam, pro].map(({ breakoutId }) => becomes(harbour.producer, breakoutId, 'COMPLETED')));
    const refused = await pushTestCard(url!, 3).exit;
    const sessions = await sessionsOf(ivs, stage, 'pl_cam');
    const placesOf = await readWrittenDown(stage.aws);

    expect([placesOf(cam.breakoutId), placesOf(url!.slice(url!.lastIndexOf('/') + 1))]).toEqual([['tables', 'executions', 'logs'], []]);
    expect(refused).not.toBe(0);
    expect(sessions).toMatchObject([{ endTime: expect.any(Date) }, { endTime: expect.any(Date) }]);
    expect(await logOf(harbour.producer, cam.breakoutId)).toEqual(expect.arrayContaining(['SHOW STARTED', 'INPUT ACQUIRED', 'RECORDING STARTED', 'SHOW STOPPED']));
    expect(problemOf(await harbour.producer.get(`/breakouts/${cam.breakoutId}/ingest`))).toMatchObject({ status: 409, code: 'breakout-over' });
  });

  it('promises and charges no recording where IVS could record nothing', async () => {
    const { producer } = rival;
    await becomes(producer, amiss.breakoutId, 'COMPLETED');
    const recording = await finishedRecording(producer, amiss.breakoutId);
    const { categories } = await usageOnce(producer, amiss.breakoutId, ({ categories: { streaming } }) => Number(streaming?.inputMilliseconds ?? 0) > 0);

    expect(recording).toMatchObject({ status: 'FAILED', failure: { code: 'recording-not-started' }, files: [] });
    expect(categories).toMatchObject({ storage: { bytesHeld: '0', chargeUsd: '0' }, conversion: null });
    // The picture that was too large never became a stream; the other one counts until it was cut off, as the service lists it.
    const { runMilliseconds, inputMilliseconds } = categories.streaming!;
    const [cutOff] = await sessionsOf(ivs, stage, 'pl_amiss');
    expect(Number(runMilliseconds)).toBe(cutOff!.endTime!.getTime() - cutOff!.startTime!.getTime());
    expect(Math.abs(Number(inputMilliseconds) - Number(runMilliseconds))).toBeLessThan(4_000);
  });

  it('is recorded in place, played from there as one, and made into an MP4', async () => {
    const recording = await finishedRecording(harbour.producer, cam.breakoutId);
    const { files } = bodyOf(await harbour.viewer.post(`/breakouts/${cam.breakoutId}/recordings/${recording.recordingId}/playback`), 201, recordingPlaybackSchema);
    const hls = files.find(({ format }) => format === 'HLS')!.url;
    const [playlist] = await playlistsIn(hls);
    const lines = (await (await fetch(playlist!)).text()).split('\n');
    const segments = lines.filter((line) => line.endsWith('.ts'));

    expect(recording).toMatchObject({ status: 'READY', formats: ['HLS', 'MP4'] });
    expect(new URL(hls).pathname).toMatch(new RegExp(`/${cam.breakoutId}/\\d+-\\d+/ivs/v1/`));
    expect(lines.filter((line) => line === '#EXT-X-DISCONTINUITY')).toHaveLength(1);
    expect(await Promise.all([segments[0], segments.at(-1)].map(async (segment) => (await fetch(new URL(segment!, playlist))).status))).toEqual([200, 200]);
    expect((await fetch(files.find(({ format }) => format === 'MP4')!.url)).status).toBe(200);
  });

  it('sums with the other show to the account, packaging and delivery not applying', async () => {
    const [ofCam, ofPro, account] = await usageThatSums(harbour, [cam.breakoutId, pro.breakoutId]);
    const usages = [ofCam, ofPro];
    const { categories, states } = ofCam;
    const summed = (pick: (usage: Pick<(typeof usages)[number], 'categories'>) => string | null | undefined): bigint => usages.reduce((sum, usage) => sum + BigInt(pick(usage) ?? 0), 0n);

    expect([states.packaging, states.delivery]).toEqual(['NOT_APPLICABLE', 'NOT_APPLICABLE']);
    expect(Number(categories.streaming?.inputMilliseconds)).toBeGreaterThan(3_000);
    expect(Math.abs(Number(categories.streaming?.inputMilliseconds) - Number(categories.streaming?.runMilliseconds))).toBeLessThan(4_000);
    expect(Number(categories.streaming?.deliveredMilliseconds)).toBeGreaterThan(0);
    expect(categories.conversion?.billableSeconds).not.toBe('0');
    expect(account.categories.streaming?.runMilliseconds).toBe(summed((usage) => usage.categories.streaming?.runMilliseconds).toString());
    expect(account.categories.storage?.bytesHeld).toBe(summed((usage) => usage.categories.storage?.bytesHeld).toString());
  });

  it('is held to what its bucket has by what runs each day, and what is nobody\'s is the platform\'s', async () => {
    const { producer } = harbour;
    const usageNow = async () => bodyOf(await producer.get(`/breakouts/${cam.breakoutId}/usage`), 200, breakoutUsageSchema);
    await measureFinally(stage, cam);
    const final = await usageNow();
    const untold = await putUntold(stage, cam);
    const overheads = await readOverheads(stage, 'pl_cam');
    const found = await usageNow();
    const { recordingId } = (await recordingOf(producer, cam.breakoutId))!;
    await producer.delete(`/breakouts/${cam.breakoutId}/recordings/${recordingId}`);

    expect([final.status, Number(final.accruing?.byteMilliseconds) >= 0]).toEqual(['FINAL', true]);
    expect([found.accruing?.bytes, found.categories.storage?.bytesHeld]).toEqual(Array.from({ length: 2 }, () => String(Number(final.categories.storage?.bytesHeld) + untold.bytes)));
    expect(overheads).toEqual({ strays: expect.stringContaining(untold.strayKey), ofPipeline: [['unheld-input', '0'], ['unheld-output', '0'], ['unheld-sessions', '0']] });
    expect(await usageNow()).toMatchObject({ accruing: null, categories: { storage: { bytesHeld: '0' } } });
  });
});
