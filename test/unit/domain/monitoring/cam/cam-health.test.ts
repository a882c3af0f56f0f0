import { healthBodySchema } from '../../../../../lambda/contract/api/health.ts';
import { readHealth } from '../../../../../lambda/domain/monitoring/health/read-health.ts';
import { healthBody } from '../../../../../lambda/handlers/http/monitoring-views.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { armedShow } from '../../../../support/shows/cam-world.ts';

const figures: Readonly<Record<string, number>> = { IngestFramerate: 30, IngestBitrate: 2_500_000, KeyframeInterval: 2, ConcurrentViews: 3 };

const armed = async (changed: Readonly<Record<string, number>> = {}) => {
  const show = await armedShow();
  show.watched.figures = (metric) => ({ ...figures, ...changed })[metric] ?? null;
  const channels = { look: () => Promise.reject(new Error('a Cam show has no channel of MediaLive')), alerts: async () => [], thumbnail: async () => undefined };
  const deps = { ...show.deps, channels, runs: show.deps.channelRuns };
  return { ...show, health: () => readHealth(deps)(aCaller(), show.breakoutId), now: show.deps.now };
};

describe('the health of a Cam show', () => {
  it('tells the stream with its figures, in the form of the API', async () => {
    const show = await armed();
    show.setTime('2026-11-23T10:01:00.000Z');
    show.ivs.connect();
    show.setTime('2026-11-23T10:05:00.000Z');
    const health = await show.health();

    expect(health).toMatchObject({
      channelState: 'RUNNING',
      verdict: { level: 'GOOD' },
      inputs: [{ name: 'camera', arriving: 'YES', activeOnPipelines: ['0'] }],
      pipelines: [],
      stream: { streamId: 'st-1', state: 'HEALTHY', viewers: 3, framesPerSecond: 30, megabitsPerSecond: 2.5, keyFrameSeconds: 2 },
    });
    expect(healthBodySchema.parse(healthBody(health, show.now())).series?.items.map(({ figure }) => figure)).toEqual(['inputFramesPerSecond', 'inputMegabitsPerSecond', 'keyFrameSeconds', 'viewers']);
  });

  it('waits for a stream at first, then says that viewers see nothing', async () => {
    const show = await armed();
    const first = (await show.health()).verdict;
    show.setTime('2026-11-23T10:02:00.000Z');

    expect(first).toMatchObject({ level: 'WAITING', nextStep: expect.stringContaining('the key is new') });
    expect(await show.health()).toMatchObject({ verdict: { level: 'BAD', reasons: ['nobody has streamed since the start'] }, stream: null, inputs: [{ arriving: 'NO' }] });
  });

  it('says what is wrong with a stream', async () => {
    const show = await armed({ KeyframeInterval: 10 });
    show.ivs.connect();
    await show.hear('st-1', 'Starvation Start', '2026-11-23T10:00:10.000Z');

    expect(await show.health()).toMatchObject({ verdict: { level: 'WARNING', reasons: ['key frames are 10.0 s apart, at most 4 s are good'] }, alerts: [{ alertType: 'IVS starvation' }] });
  });

  it.each([['Ingest Resolution', 'at most 1920×1080'], ['Ingest Bitrate', 'lower the encoder\'s bit rate']])('says after %s what to change, and not that nobody came', async (limit, remedy) => {
    const show = await armed();
    show.setTime('2026-11-23T10:02:00.000Z');
    await show.reconcile();
    const before = (await show.health()).verdict;
    show.ivs.connect(undefined, false);
    show.ivs.disconnect();
    await show.hear('st-1', limit, '2026-11-23T10:02:00.000Z', { type: 'IVS Limit Breach', explanation: '128 above 1920' });

    expect(before).toMatchObject({ level: 'BAD', reasons: ['nobody has streamed since the start', expect.stringContaining('the show\'s key')] });
    expect((await show.health()).verdict).toMatchObject({ level: 'BAD', reasons: ['no stream could be watched since the start', expect.stringContaining('128 above 1920')], nextStep: expect.stringContaining(remedy) });
  });

  it('says that a stream is not recorded, until one is', async () => {
    const show = await armed();
    show.ivs.connect();
    await show.hear('st-1', 'Recording Start Failure', '2026-11-23T10:00:10.000Z', { explanation: 'NoSuchBucket' });
    const failed = (await show.health()).verdict;
    await show.hear('st-1', 'Recording Start', '2026-11-23T10:00:40.000Z');

    expect(failed).toMatchObject({ level: 'WARNING', reasons: [expect.stringContaining('NoSuchBucket')], nextStep: expect.stringContaining('bucket of recordings') });
    expect((await show.health()).verdict.level).toBe('GOOD');
  });

  it('does not take the stream of who had connected before for the show\'s', async () => {
    const show = await armed();
    show.ivs.connect();
    show.ivs.state.sessions = show.ivs.state.sessions.map((session) => ({ ...session, startedAt: '2026-11-23T09:59:58.000Z' }));

    expect(await show.health()).toMatchObject({ verdict: { level: 'BAD', summary: 'viewers see what is not the show' }, stream: null, inputs: [{ arriving: 'NO' }] });
  });

  it('is that of a show that is over, when it is', async () => {
    const show = await armed();
    await show.stop();

    expect(await show.health()).toMatchObject({ verdict: { level: 'NOT_RUNNING' }, stream: null });
  });
});
